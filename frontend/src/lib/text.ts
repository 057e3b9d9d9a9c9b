import { languages, type Lang } from './lang';

/** A text in up to three languages, as the server sends it. Finnish is the fallback. */
export interface LocalisedText {
  fi?: string | null;
  sv?: string | null;
  en?: string | null;
}

/** A text that nobody has written yet. */
export const noText = { fi: '', sv: '', en: '' };

/** What is shown, and the language it is really in. */
export interface Localised {
  value: string;
  lang: Lang;
}

/** The text in the asked language, else in Finnish, else in whichever language has it. */
export function localised(text: LocalisedText | null | undefined, lang: Lang): Localised {
  for (const candidate of [lang, ...languages]) {
    const value = text?.[candidate];
    if (value) return { value, lang: candidate };
  }
  return { value: '', lang };
}

/** The languages in which a text is still to be written. */
export function missingLanguages(text: LocalisedText | null | undefined): Lang[] {
  return languages.filter((lang) => !text?.[lang]?.trim());
}

/** Whether anything is written, in any language. */
export function isWritten(text: LocalisedText | null | undefined): boolean {
  return missingLanguages(text).length < languages.length;
}

/** The same text with every language present, as a request holds it. */
export function complete(text: LocalisedText): { fi: string; sv: string; en: string } {
  return { fi: text.fi ?? '', sv: text.sv ?? '', en: text.en ?? '' };
}

/** Heads of long Finnish and Swedish compounds, before which a word may break. */
const heads =
  /(?<=\p{L}{4})(?=(?:päällikkö|johtaja|koordinaattori|asiantuntija|edustaja|henkilö|palvelu|kasvatus|huolto|hoito|hoidon|huollon|sairaan|ohjau|kuntoutu|suunnitelma|terveyden|neuvola|nuorisotyö|suojelu|chef|direktör|koordinator|sakkunnig|pedagogik|tjänst|service|vård|rådgivning)\p{L}*)/gu;

/** Lets long compounds break at their seams in narrow boxes, where a browser cannot hyphenate. */
export function breakable(text: string): string {
  return text.replace(heads, '\u00ad');
}
