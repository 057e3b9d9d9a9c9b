import type { ReactNode } from 'react';
import { useParties, usePartyLooks } from '../api/parties';
import type { Responsibility } from '../api/posts';
import { T, useLang, useTexts } from '../i18n';
import { localised } from '../lib/text';
import { PartyMark, Who } from '../ui/PartyMark';
import { Contact, useContacts } from './Contact';
import { StandingMark } from './AgreementMark';
import './content.css';
import { PostLink } from './PostLink';

interface OwnersProps {
  responsibilities: readonly Responsibility[];
  /** More about one party's half, such as its own estimate. */
  more?: (partyId: string) => ReactNode;
}

/**
 * Who is responsible on either side: the principal parties in equal halves, also where one is
 * empty, and everyone else below.
 */
export function Owners({ responsibilities, more }: OwnersProps) {
  const texts = useTexts();
  const t = texts.content;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const contact = useContacts(responsibilities.map(({ post }) => post));
  const principals = (useParties().data ?? []).filter(({ principal }) => principal);
  const others = responsibilities.filter(
    ({ post }) => !principals.some(({ id }) => id === post.partyId),
  );
  return (
    <>
      <div className="owners">
        {principals.map((party) => {
          const own = responsibilities.filter(({ post }) => post.partyId === party.id);
          const { shape } = look(party.id);
          return (
            <div key={party.id}>
              <span className={shape === 'circle' ? 'hb hb-l' : 'hb hb-e'} />
              <p>
                <PartyMark party={look(party.id)} /> <T text={party.shortName} />
              </p>
              {own.length === 0 && <p className="ps">{t.nobody}</p>}
              {own
                .filter(({ part }) => part === 'lead' || part === 'shared')
                .map((row) => (
                  <div key={row.post.id}>
                    <b>
                      <PostLink post={row.post} />
                    </b>
                    <p className="ps">
                      {texts.ui.parts[row.part].name}
                      {localised(row.wording, lang).value && ': '}
                      <T text={row.wording} />
                    </p>
                    <Contact post={contact(row.post.id)} />
                    <StandingMark standing={row.standing} />
                  </div>
                ))}
              {own
                .filter(({ part }) => part === 'support' || part === 'informed')
                .map((row) => (
                  <p className="ps" key={row.post.id}>
                    {texts.ui.parts[row.part].name}: <PostLink post={row.post} />
                    {localised(row.wording, lang).value && ': '}
                    <T text={row.wording} /> <StandingMark standing={row.standing} />
                  </p>
                ))}
              {more?.(party.id)}
            </div>
          );
        })}
      </div>
      {others.length > 0 && (
        <ul className="owners-o">
          {others.map((row) => (
            <li key={row.post.id}>
              <Who party={look(row.post.partyId)}>
                <PostLink post={row.post} />{' '}
                <span className="meta">{texts.ui.parts[row.part].name}</span>{' '}
                <StandingMark standing={row.standing} />
              </Who>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
