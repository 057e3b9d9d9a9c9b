import type { Texts } from '../i18n';
import { languages } from '../lib/lang';
import type { LocalisedText } from '../lib/text';

/** A text as lines of the panel that compares two versions: one for each language. */
export function inEachLanguage(texts: Texts, key: string, label: string, text: LocalisedText) {
  return languages.map((lang) => ({
    key: `${key}/${lang}`,
    label: texts.content.inLanguage(label, texts.ui.languageNames[lang]),
    text: text[lang] ?? '',
  }));
}
