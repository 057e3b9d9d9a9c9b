import { createContext, use, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Lang } from '../lib/lang';
import { locales } from '../lib/numbers';
import { localised, type LocalisedText } from '../lib/text';
import type { Texts } from './fi';
import type { FirstTexts } from './fi.first';

export type { Texts } from './fi';

/** Loads all texts of one language; each is a chunk of its own. */
export async function loadTexts(lang: Lang): Promise<Texts> {
  switch (lang) {
    case 'fi':
      return (await import('./fi')).fi;
    case 'sv':
      return (await import('./sv')).sv;
    case 'en':
      return (await import('./en')).en;
  }
}

/**
 * Loads what the frame of the page and the front page say, a third of all. Should something there
 * say more, React waits for the rest while it renders, and shows that the page broke if the rest
 * does not come. A language gives the same texts each time, so that nothing is drawn anew for them.
 */
export async function loadFirstTexts(lang: Lang): Promise<Texts> {
  const known = firstTexts.get(lang);
  if (known) return known;
  const texts = withRest(await importFirst(lang), () => loadTexts(lang));
  firstTexts.set(lang, texts);
  return texts;
}

const firstTexts = new Map<Lang, Texts>();

/** The first texts, and the rest of them once somebody reads it. */
export function withRest(first: FirstTexts, load: () => Promise<Texts>): Texts {
  let rest: Promise<void> | undefined;
  let all: Texts | undefined;
  let failed: { error: unknown } | undefined;
  return new Proxy(first as Texts, {
    get(texts, feature: keyof Texts) {
      // Whoever awaits these texts looks whether they are a promise, and tools look for symbols.
      if (feature in texts || typeof feature !== 'string' || feature === ('then' as string))
        return Reflect.get(texts, feature) as unknown;
      if (all) return all[feature];
      if (failed) {
        const { error } = failed;
        failed = rest = undefined; // the next reading tries again
        throw error;
      }
      rest ??= load().then(
        (loaded) => {
          all = loaded;
        },
        (error: unknown) => {
          failed = { error };
        },
      );
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- how React is told to wait
      throw rest;
    },
  });
}

async function importFirst(lang: Lang): Promise<FirstTexts> {
  switch (lang) {
    case 'fi':
      return (await import('./fi.first')).first;
    case 'sv':
      return (await import('./sv.first')).first;
    case 'en':
      return (await import('./en.first')).first;
  }
}

interface Language {
  lang: Lang;
  texts: Texts;
}

const LanguageContext = createContext<Language | null>(null);

/**
 * Gives the language of the page to everything below; to React Aria too, which would else speak the
 * browser's to screen readers.
 */
export function LanguageProvider({
  lang,
  texts,
  children,
}: Language & { children: ReactNode }): ReactNode {
  return (
    <LanguageContext value={{ lang, texts }}>
      <I18nProvider locale={locales[lang]}>{children}</I18nProvider>
    </LanguageContext>
  );
}

function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) throw new Error('no LanguageProvider above this component');
  return language;
}

/** The texts of the page's language, nested by feature. */
export function useTexts(): Texts {
  return useLanguage().texts;
}

/** The page's language, which is the first part of its address. */
export function useLang(): Lang {
  return useLanguage().lang;
}

/** Localised content; carries `lang` when it is shown in another language than the page. */
export function T({ text }: { text: LocalisedText | null | undefined }): ReactNode {
  const lang = useLang();
  const shown = localised(text, lang);
  return shown.lang === lang ? shown.value : <span lang={shown.lang}>{shown.value}</span>;
}
