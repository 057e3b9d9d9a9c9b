import type { Texts } from '../fi';

export const session: Texts['session'] = {
  title: 'Inloggning',
  lead: 'Logga in med din egen organisations konto.',
  organisations: 'Välj din organisation',
  noProviders: 'Inloggning är inte i bruk',
  noProvidersText: 'Innehållet på den offentliga webbplatsen kan läsas utan inloggning.',
  publicTitle: 'Utan inloggning',
  publicText:
    'Mål, åtgärder, beslut och publicerade protokoll kan läsas av alla. För dem behövs ingen inloggning.',
  publicSite: 'Gå till den offentliga webbplatsen',
  rolesTitle: 'Roller',
  rolesText:
    'En roll beviljas av huvudanvändaren i din egen organisation. Utan roll ser du bara offentliga uppgifter, även när du är inloggad.',
  errors: {
    provider_unavailable: {
      title: 'Organisationens inloggningstjänst svarade inte',
      text: 'Störningen kan vara tillfällig. Försök igen om några minuter. Om störningen fortsätter, kontakta it-stödet i din egen organisation.',
    },
    sign_in_unknown: {
      title: 'Inloggningen har gått ut',
      text: 'Inloggningen tog över tio minuter, den började i en annan webbläsare eller den var redan gjord. Börja om inloggningen från början.',
    },
    sign_in_cancelled: {
      title: 'Inloggningen avbröts',
      text: 'Ingenting har ändrats. Du kan logga in på nytt eller fortsätta utan inloggning.',
    },
    sign_in_refused: {
      title: 'Inloggningen godkändes inte',
      text: 'Kontrollera att du valde din egen organisation och försök igen. Om det ändå inte går att logga in, kontakta it-stödet i din egen organisation.',
    },
    sign_in_failed: {
      title: 'Inloggningen misslyckades på grund av ett fel i tjänsten',
      text: 'Försök igen. Om felet upprepas, meddela huvudanvändaren i din organisation och nämn när du försökte logga in.',
    },
  },
  signedIn: 'Du är inloggad',
  name: 'Namn',
  organisation: 'Organisation',
  post: 'Befattning som du agerar i',
  choosePost: 'Välj den befattning som du agerar i. Du kan byta den när som helst överst på sidan.',
  noPostChosen:
    'Du agerar just nu inte i någon befattning. Välj en befattning för att få dess rättigheter.',
  onlyPersonal: 'Du har en personlig roll som inte beror på någon befattning.',
  chosen: 'vald',
  goOn: 'Fortsätt',
  noRole: 'Inloggningen lyckades',
  noRoleLead: 'Du har ännu ingen roll i den här tjänsten.',
  noRoleNow: 'Vad du kan göra nu',
  noRoleNowText:
    'Den offentliga webbplatsen är öppen för dig liksom för alla andra: mål, åtgärder, beslut och publicerade protokoll.',
  noRoleAsk: 'Hur du får en roll',
  noRoleAskText:
    'Be huvudanvändaren i din egen organisation om en roll. Berätta ditt namn och din befattning. Den andra organisationens huvudanvändare kan inte bevilja dig en roll.',
  noRoleThen: 'När rollen har beviljats, ladda om den här sidan. Du behöver inte logga in på nytt.',
  noRoleLink: 'Du har ännu ingen roll',
  ended: {
    title: 'Din session har avslutats.',
    text: 'Det du skrev finns kvar på den här sidan. Logga in på nytt och spara sedan.',
    signIn: 'Logga in på nytt (ny flik)',
    leave: 'Fortsätt utan inloggning',
    otherTitle: (name) => `${name} är nu inloggad i webbläsaren.`,
    otherText: (name) =>
      `Den här sidan öppnades för ${name}. Det du skrev finns kvar, men sparas inte i någon annans namn. Logga in på nytt med ditt eget konto.`,
    goOnAs: (name) => `Fortsätt som ${name}`,
    over: 'Du är inloggad igen. Du kan spara.',
  },
  again: {
    title: 'Du är inloggad igen',
    lead: 'Stäng den här fliken och fortsätt i den där ditt arbete avbröts.',
  },
};
