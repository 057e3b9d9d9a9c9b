/** The three languages of the site, in the order in which they stand side by side. */
export const languages = ['fi', 'sv', 'en'] as const;

export type Lang = (typeof languages)[number];

export function isLang(value: unknown): value is Lang {
  return languages.some((lang) => lang === value);
}

const storageKey = 'yhdyspinta.lang';

/** The language chosen earlier in this browser, else the browser's own, else Finnish. */
export function preferredLang(): Lang {
  const remembered = readStorage(storageKey);
  if (isLang(remembered)) return remembered;
  for (const tag of navigator.languages) {
    const primary = tag.slice(0, 2).toLowerCase();
    if (isLang(primary)) return primary;
  }
  return 'fi';
}

/** Keeps the choice for the next visit. A browser that refuses storage only loses that. */
export function rememberLang(lang: Lang): void {
  try {
    localStorage.setItem(storageKey, lang);
  } catch {
    return;
  }
}

function readStorage(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
