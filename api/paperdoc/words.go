package paperdoc

import (
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// words are the texts of a paper in one language.
type words struct {
	Kinds                                                                      map[string]string
	Agenda, Draft, Approved, Published, Cancelled                              string
	PublicVersion, InternalVersion, SecretVersion                              string
	Meeting, Time, Place, Opened, Closed, At, Case, Basis                      string
	Participants, Post, Task, Presence, Inspector, ActingChair, NamedInspector string
	Roles                                                                      map[meeting.Role]string
	Attendances                                                                map[meeting.Attendance]string
	Quorum, NoQuorum, ItemNoQuorum, Substitute                                 string
	Movements                                                                  map[meeting.MovementKind]string
	AgendaNo, Presenter, Preparer                                              string
	Parts                                                                      map[meeting.Part]string
	Outcomes, LateEntry, ToWhom, NotHandled, NoAction                          string
	OutcomeTypes                                                               map[meeting.OutcomeType]string
	Actions, Action, Lead, Due, Nobody, SecretAction                           string
	Unagreed                                                                   map[domain.Standing]string
	Dissents                                                                   map[string]string
	Attachments, Attachment                                                    string
	Secret, SecretItem, Ground                                                 string
	Amendment, Where, Was, Becomes, Reason                                     string
	Approval, ApprovedBy, Waiting, Frozen, Fingerprint                         string
	ApprovalRoles                                                              map[meeting.ApprovalRole]string
	Only                                                                       map[domain.Lang]string // "in Finnish only", by the language that there is
	Langs                                                                      map[domain.Lang]string
	Weekdays                                                                   [7]string
	Back, Print, DOCX, PDF, NoPDF, Language, Version, ForMembers, ForAll, Page string
}

var texts = map[domain.Lang]words{
	domain.Finnish: {
		Kinds: map[string]string{"memo": "Muistio", "minutes": "Pöytäkirja"}, Agenda: "Esityslista", Draft: "Luonnos", Approved: "Hyväksytty", Published: "Julkaistu", Cancelled: "Peruttu",
		PublicVersion: "Julkinen versio", InternalVersion: "Jäsenten versio", SecretVersion: "Jäsenten versio, sisältää salassa pidettävää",
		Meeting: "Kokous", Time: "Aika", Place: "Paikka", Opened: "Kokous avattiin", Closed: "Kokous päätettiin", At: " klo ", Case: "Asia asianhallinnassa", Basis: "Säädösperuste",
		Participants: "Osallistujat", Post: "Tehtävä", Task: "Rooli", Presence: "Läsnäolo", Inspector: "tarkastaja", ActingChair: "Puheenjohtajana toimi", NamedInspector: "Tarkastajaksi nimettiin",
		Roles:       map[meeting.Role]string{meeting.Chair: "puheenjohtaja", meeting.Secretary: "sihteeri", meeting.Member: "jäsen", meeting.Expert: "asiantuntija"},
		Attendances: map[meeting.Attendance]string{meeting.Expected: "ei kirjattu", meeting.Present: "läsnä", meeting.Remote: "läsnä etänä", meeting.Absent: "poissa"},
		Quorum:      "Kokous oli päätösvaltainen: molemmista osapuolista oli läsnä puheenjohtaja, jäsen tai sijainen.", NoQuorum: "Kokous ei ollut päätösvaltainen. Puheenjohtajaa, jäsentä tai sijaista ei ollut paikalla:", ItemNoQuorum: "Asiaa käsiteltäessä kokous ei ollut päätösvaltainen. Puheenjohtajaa, jäsentä tai sijaista ei ollut paikalla:", Substitute: "sijaisena",
		Movements: map[meeting.MovementKind]string{meeting.Arrived: "saapui", meeting.Left: "poistui"},
		AgendaNo:  "Asian numero", Presenter: "Esittelijä", Preparer: "Valmistelija",
		Parts: map[meeting.Part]string{meeting.PartTitle: "Otsikko", meeting.PartExplanation: "Selostus", meeting.PartHeard: "Kuultu", meeting.PartProposal: "Päätösehdotus", meeting.PartProceedings: "Käsittely",
			meeting.PartDecision: "Päätös", meeting.PartGoesOnTo: "Jatkokäsittely", meeting.PartOutcome: "Lopputulos"},
		Outcomes: "Lopputulokset", LateEntry: "kirjattu jälkikäteen", ToWhom: "Kenelle:", NotHandled: "Asiaa ei käsitelty:", NoAction: "Ei aiheuta toimia:",
		OutcomeTypes: map[meeting.OutcomeType]string{meeting.Decision: "Päätös", meeting.Assignment: "Toimeksianto", meeting.Recommendation: "Suositus", meeting.Noted: "Tiedoksi", meeting.Deferred: "Siirto", meeting.Referred: "Lähete toiselle foorumille"},
		Actions:      "Päätöksestä seuraavat toimenpiteet", Action: "Toimenpide", Lead: "Vastaa", Due: "Määräaika", Nobody: "ei vastuutahoa", SecretAction: "Salassa pidettävä toimenpide",
		Unagreed:    map[domain.Standing]string{domain.Proposed: "ehdotettu, osapuolet eivät vielä olleet hyväksyneet", domain.Declined: "ehdotettu, osapuoli palautti ehdotuksen"},
		Dissents:    map[string]string{"dissent": "Eriävä mielipide", "reservation": "Varauma"},
		Attachments: "Liitteet", Attachment: "Liite", Secret: "Salassa pidettävä", SecretItem: "Salassa pidettävä asia", Ground: "Peruste:",
		Amendment: "Oikaisu", Where: "Kohta", Was: "Oli", Becomes: "On nyt", Reason: "Perustelu:",
		Approval: "Hyväksyminen", ApprovedBy: "Asiakirjan hyväksyvät puheenjohtaja ja yksi tarkastaja kummaltakin osapuolelta", Waiting: "odottaa", Frozen: "Asiakirja on tallennettu muuttumattomana", Fingerprint: "Tiiviste (SHA-256):",
		ApprovalRoles: map[meeting.ApprovalRole]string{meeting.ByChair: "puheenjohtaja", meeting.ByInspector: "tarkastaja"},
		Only:          map[domain.Lang]string{domain.Finnish: "Vain suomeksi", domain.Swedish: "Vain ruotsiksi", domain.English: "Vain englanniksi"},
		Langs:         map[domain.Lang]string{domain.Finnish: "suomeksi", domain.Swedish: "ruotsiksi", domain.English: "englanniksi"},
		Weekdays:      [7]string{"sunnuntai", "maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai"},
		Back:          "Takaisin kokoukseen", Print: "Asiakirja", DOCX: "Lataa DOCX", PDF: "Lataa PDF", NoPDF: "PDF-tiedostoa ei voi tällä palvelimella tehdä: tulosta sivu tai lataa DOCX.", Language: "Kieli",
		Version: "Versio", ForMembers: "Jäsenten versio", ForAll: "Julkinen versio", Page: "Sivu",
	},
	domain.Swedish: {
		Kinds: map[string]string{"memo": "Promemoria", "minutes": "Protokoll"}, Agenda: "Föredragningslista", Draft: "Utkast", Approved: "Godkänt", Published: "Publicerat", Cancelled: "Inställt",
		PublicVersion: "Offentlig version", InternalVersion: "Medlemmarnas version", SecretVersion: "Medlemmarnas version, innehåller sekretessbelagt",
		Meeting: "Möte", Time: "Tid", Place: "Plats", Opened: "Mötet öppnades", Closed: "Mötet avslutades", At: " kl. ", Case: "Ärende i ärendehanteringen", Basis: "Lagrum",
		Participants: "Deltagare", Post: "Befattning", Task: "Roll", Presence: "Närvaro", Inspector: "protokolljusterare", ActingChair: "Som ordförande fungerade", NamedInspector: "Till protokolljusterare utsågs",
		Roles:       map[meeting.Role]string{meeting.Chair: "ordförande", meeting.Secretary: "sekreterare", meeting.Member: "medlem", meeting.Expert: "sakkunnig"},
		Attendances: map[meeting.Attendance]string{meeting.Expected: "inte antecknat", meeting.Present: "närvarande", meeting.Remote: "närvarande på distans", meeting.Absent: "frånvarande"},
		Quorum:      "Mötet var beslutsfört: från båda parterna var ordföranden, en medlem eller en ersättare närvarande.", NoQuorum: "Mötet var inte beslutsfört. Ingen ordförande, medlem eller ersättare var närvarande från:", ItemNoQuorum: "När ärendet behandlades var mötet inte beslutsfört. Ingen ordförande, medlem eller ersättare var närvarande från:", Substitute: "ersättare:",
		Movements: map[meeting.MovementKind]string{meeting.Arrived: "anlände", meeting.Left: "avlägsnade sig"},
		AgendaNo:  "Ärendets nummer", Presenter: "Föredragande", Preparer: "Beredare",
		Parts: map[meeting.Part]string{meeting.PartTitle: "Rubrik", meeting.PartExplanation: "Redogörelse", meeting.PartHeard: "Hörda", meeting.PartProposal: "Beslutsförslag", meeting.PartProceedings: "Behandling",
			meeting.PartDecision: "Beslut", meeting.PartGoesOnTo: "Fortsatt behandling", meeting.PartOutcome: "Utfall"},
		Outcomes: "Utfall", LateEntry: "antecknat i efterhand", ToWhom: "Till vem:", NotHandled: "Ärendet behandlades inte:", NoAction: "Föranleder inga åtgärder:",
		OutcomeTypes: map[meeting.OutcomeType]string{meeting.Decision: "Beslut", meeting.Assignment: "Uppdrag", meeting.Recommendation: "Rekommendation", meeting.Noted: "För kännedom", meeting.Deferred: "Bordläggning", meeting.Referred: "Hänskjutning till ett annat forum"},
		Actions:      "Åtgärder som följer av beslutet", Action: "Åtgärd", Lead: "Ansvarar", Due: "Tidsfrist", Nobody: "ingen ansvarig", SecretAction: "Sekretessbelagd åtgärd",
		Unagreed:    map[domain.Standing]string{domain.Proposed: "föreslagen, parterna hade ännu inte godkänt", domain.Declined: "föreslagen, en part återsände förslaget"},
		Dissents:    map[string]string{"dissent": "Avvikande åsikt", "reservation": "Reservation"},
		Attachments: "Bilagor", Attachment: "Bilaga", Secret: "Sekretessbelagt", SecretItem: "Sekretessbelagt ärende", Ground: "Grund:",
		Amendment: "Rättelse", Where: "Ställe", Was: "Var", Becomes: "Är nu", Reason: "Motivering:",
		Approval: "Godkännande", ApprovedBy: "Handlingen godkänns av ordföranden och en justerare från vardera parten", Waiting: "väntar", Frozen: "Handlingen har sparats oförändrad", Fingerprint: "Kontrollsumma (SHA-256):",
		ApprovalRoles: map[meeting.ApprovalRole]string{meeting.ByChair: "ordförande", meeting.ByInspector: "justerare"},
		Only:          map[domain.Lang]string{domain.Finnish: "Endast på finska", domain.Swedish: "Endast på svenska", domain.English: "Endast på engelska"},
		Langs:         map[domain.Lang]string{domain.Finnish: "på finska", domain.Swedish: "på svenska", domain.English: "på engelska"},
		Weekdays:      [7]string{"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"},
		Back:          "Tillbaka till mötet", Print: "Handling", DOCX: "Ladda ner DOCX", PDF: "Ladda ner PDF", NoPDF: "En PDF-fil kan inte göras på den här servern: skriv ut sidan eller ladda ner DOCX.", Language: "Språk",
		Version: "Version", ForMembers: "Medlemmarnas version", ForAll: "Offentlig version", Page: "Sida",
	},
	domain.English: {
		Kinds: map[string]string{"memo": "Memorandum", "minutes": "Minutes"}, Agenda: "Agenda", Draft: "Draft", Approved: "Approved", Published: "Published", Cancelled: "Cancelled",
		PublicVersion: "Public version", InternalVersion: "Members’ version", SecretVersion: "Members’ version, holds confidential matters",
		Meeting: "Meeting", Time: "Time", Place: "Place", Opened: "Opened", Closed: "Closed", At: " at ", Case: "Case in the registry", Basis: "Legal basis",
		Participants: "Participants", Post: "Post", Task: "Role", Presence: "Attendance", Inspector: "inspector", ActingChair: "In the chair:", NamedInspector: "Named to inspect:",
		Roles:       map[meeting.Role]string{meeting.Chair: "chair", meeting.Secretary: "secretary", meeting.Member: "member", meeting.Expert: "expert"},
		Attendances: map[meeting.Attendance]string{meeting.Expected: "not recorded", meeting.Present: "present", meeting.Remote: "present remotely", meeting.Absent: "absent"},
		Quorum:      "The meeting had a quorum: both parties had a chair, member or substitute present.", NoQuorum: "The meeting had no quorum. No chair, member or substitute was present from:", ItemNoQuorum: "Without a quorum when this was handled. No chair, member or substitute was present from:", Substitute: "substitute:",
		Movements: map[meeting.MovementKind]string{meeting.Arrived: "arrived", meeting.Left: "left"},
		AgendaNo:  "Agenda item", Presenter: "Presenter", Preparer: "Prepared by",
		Parts: map[meeting.Part]string{meeting.PartTitle: "Title", meeting.PartExplanation: "Explanation", meeting.PartHeard: "Heard", meeting.PartProposal: "Proposal", meeting.PartProceedings: "Proceedings",
			meeting.PartDecision: "Decision", meeting.PartGoesOnTo: "Handled next by", meeting.PartOutcome: "Outcome"},
		Outcomes: "Outcomes", LateEntry: "late entry", ToWhom: "To whom:", NotHandled: "Not handled:", NoAction: "No action:",
		OutcomeTypes: map[meeting.OutcomeType]string{meeting.Decision: "Decision", meeting.Assignment: "Assignment", meeting.Recommendation: "Recommendation", meeting.Noted: "Noted", meeting.Deferred: "Deferral", meeting.Referred: "Referral to another forum"},
		Actions:      "Actions that follow", Action: "Action", Lead: "Responsible", Due: "Due", Nobody: "nobody", SecretAction: "Confidential action",
		Unagreed:    map[domain.Standing]string{domain.Proposed: "proposed, not yet accepted by the parties", domain.Declined: "proposed, returned by a party"},
		Dissents:    map[string]string{"dissent": "Dissenting opinion", "reservation": "Reservation"},
		Attachments: "Attachments", Attachment: "Attachment", Secret: "Confidential", SecretItem: "Confidential matter", Ground: "Ground:",
		Amendment: "Amendment", Where: "Place", Was: "Was", Becomes: "Is now", Reason: "Reason:",
		Approval: "Approval", ApprovedBy: "The paper is approved by the chair and one inspector of each party", Waiting: "waiting", Frozen: "The paper was kept unchanged on", Fingerprint: "Fingerprint (SHA-256):",
		ApprovalRoles: map[meeting.ApprovalRole]string{meeting.ByChair: "chair", meeting.ByInspector: "inspector"},
		Only:          map[domain.Lang]string{domain.Finnish: "In Finnish only", domain.Swedish: "In Swedish only", domain.English: "In English only"},
		Langs:         map[domain.Lang]string{domain.Finnish: "in Finnish", domain.Swedish: "in Swedish", domain.English: "in English"},
		Weekdays:      [7]string{time.Sunday.String(), time.Monday.String(), time.Tuesday.String(), time.Wednesday.String(), time.Thursday.String(), time.Friday.String(), time.Saturday.String()},
		Back:          "Back to the meeting", Print: "Paper", DOCX: "Download DOCX", PDF: "Download PDF", NoPDF: "This server cannot make a PDF: print the page or download the DOCX.", Language: "Language",
		Version: "Version", ForMembers: "Members’ version", ForAll: "Public version", Page: "Page",
	},
}
