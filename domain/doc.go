// Package domain holds the vocabulary of Yhdyspinta and what every feature
// shares: ids, texts, dates, actors and permissions, errors, audit. Each
// feature has a package below it. Nothing here knows HTTP, SQL or JSON.
//
// The words, in code and in the languages of the service:
//
//	party            osapuoli                     part                          an organisation that takes part; principal parties are equal
//	unit             yksikkö                      enhet                         a part of a party's organisation
//	post             tehtävä, vastuutaho          befattning, ansvarig instans  what owns things; people hold posts
//	holding          tehtävän hoito               innehav av befattning         who holds or deputises a post, from when to when
//	grant            käyttöoikeus                 behörighet                    a role with a scope, never edited, only ended
//	plan             hyvinvointisuunnitelma       välfärdsplan                  covers a council term (valtuustokausi, fullmäktigeperiod)
//	revision         tarkistus                    revidering                  one time that the councils adopted the plan; the first is its adoption (hyväksyminen, godkännande)
//	comparison       vertailu                     jämförelse                  what differs between a plan on two days
//	theme            teema                        tema                          groups goals
//	goal             tavoite                      mål                           shared; one responsible post per principal party
//	action           toimenpide                   åtgärd                        what is done for a goal
//	status report    tilannetieto                 lägesrapport                  what a party says of an action on a day
//	task             osatehtävä                   deluppgift                    a step of an action with a due date; a task is never a post
//	milestone        virstanpylväs                milstolpe                     a task that is reached rather than done
//	dependency       riippuvuus                   beroende                      an action waits for another one (edellyttää, förutsätter)
//	at risk          vaarassa                     i riskzonen                   derived: it waits for one that is late
//	condition        kunto                        skick                         derived: late, stale, due soon …
//	stale            tieto vanhentunut            föråldrad uppgift             confirmed too long ago
//	responsibility   vastuu                       ansvar                        a post's part in something, in words
//	part             osa vastuussa                del av ansvaret               lead, shared, support, informed
//	acceptance       hyväksyntä                   godkännande                   of one exact wording by a party
//	reservation      eriävä kanta                 avvikande ståndpunkt          a party's dissent; withdrawn, never edited
//	chain, stage     palveluketju, ketjun vaihe   servicekedja, steg            a resident's path through both organisations
//	phase            toteutusvaihe                genomförandefas               how far an action has come
//	hand-over        siirtymä                     övergång                      between two stages
//	forum            foorumi                      forum                         where the parties meet
//	membership       jäsenyys                     medlemskap                    a post's place in a forum
//	meeting          kokous                       möte                          of a forum; memo (muistio, promemoria) or minutes (pöytäkirja, protokoll)
//	agenda item      asia                         ärende                        agenda number (asianumero) and § (pykälä, paragraf) are two things
//	outcome          lopputulos                   resultat                      decision, assignment, recommendation, noted, deferred, referral
//	referral         lähete toiselle foorumille   hänskjutning                  open until accepted or refused
//	carry-over       käsittelyn siirto            fortsatt behandling           an item moved to another meeting
//	inspector        tarkastaja                   protokolljusterare            one of each principal party approves the minutes
//	approval         hyväksyminen                 justering                     of minutes, by the chair and the inspectors
//	reporting round  raportointikierros           rapporteringsomgång           asks both parties for what became of a plan in a period
//	snapshot         tilannekuva                  ögonblicksbild                of a completed round: exact bytes with their SHA-256
//	case reference   asiaviite                    ärendereferens                party, registry number (diaarinumero, diarienummer), documents
//	decision feed    päätöspalvelun syöte         beslutstjänstens flöde        an RSS address of a party's decision service
//	watched word     seurattava sana              bevakat ord                   by which a forum finds decisions that concern it
//	legal basis      lakiperuste                  rättslig grund                act and section
package domain
