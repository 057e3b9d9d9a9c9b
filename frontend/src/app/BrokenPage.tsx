import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { preferredLang } from '../lib/lang';

/** Shown when a page fails in a way that nobody foresaw, also when its texts did not load. */
const words = {
  fi: {
    title: 'Sivun näyttäminen ei onnistunut',
    text: 'Lataa sivu uudelleen. Jos vika toistuu, ilmoita siitä palvelun ylläpidolle.',
    reload: 'Lataa uudelleen',
  },
  sv: {
    title: 'Sidan kunde inte visas',
    text: 'Ladda om sidan. Om felet upprepas, meddela tjänstens underhåll.',
    reload: 'Ladda om',
  },
  en: {
    title: 'The page could not be shown',
    text: 'Load the page again. If the fault repeats, tell the operator of the service.',
    reload: 'Load again',
  },
};

export function BrokenPage({ error }: ErrorComponentProps) {
  const lang = preferredLang();
  const t = words[lang];
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <div className="wrap broken" lang={lang} role="alert">
      <h1>{t.title}</h1>
      <p className="lead">{t.text}</p>
      <p className="btns">
        <button type="button" className="btn" onClick={() => window.location.reload()}>
          {t.reload}
        </button>
      </p>
    </div>
  );
}
