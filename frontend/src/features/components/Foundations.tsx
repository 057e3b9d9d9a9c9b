import type { CSSProperties } from 'react';
import { useLang, useTexts } from '../../i18n';
import { formatNumber } from '../../lib/numbers';
import { PartyMark, PartyMarks } from '../../ui/PartyMark';
import { Sample } from './Sample';
import { useParties } from './samples';

const sizes = ['t-1', 't-lead', 't-2', 't-3', 't-4', 't-body', 't-ui', 't-row', 't-meta'];
const spaces = [4, 8, 12, 16, 24, 32, 48, 64];

/** Type, colours, space and parties. */
export function Foundations() {
  const t = useTexts().components;
  return (
    <>
      <Sample title={t.type.title} note={t.type.note}>
        <dl className="types">
          {t.type.rows.map((row, index) => (
            <div key={row.name}>
              <dt className="meta">{row.name}</dt>
              <dd style={{ font: `var(--${sizes[index] ?? 't-ui'})` }}>{row.sample}</dd>
              <dd className="meta">{row.note}</dd>
            </div>
          ))}
        </dl>
      </Sample>
      <Colours />
      <Sample title={t.space.title} note={t.space.note}>
        <ul className="sp8">
          {spaces.map((space) => (
            <li key={space}>
              <i style={{ width: space }} />
              <small>{space}</small>
            </li>
          ))}
        </ul>
        <p className="meta below">{t.space.text}</p>
      </Sample>
      <Parties />
    </>
  );
}

function Colours() {
  const t = useTexts().components.colours;
  const lang = useLang();
  const ratio = (value: number) =>
    `${formatNumber(value, lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}:1`;
  const colours = [
    { name: t.ink, value: '--ink', token: 'blackBase', note: ratio(16.1) },
    { name: t.ink2, value: '--ink-2', token: 'depthDark1', note: ratio(5.7) },
    { name: t.field, value: '--line-field', token: 'depthDark2', note: ratio(4.6) },
    { name: t.line, value: '--line', token: 'depthLight1', note: t.decoration },
    { name: t.wash, value: '--wash', token: 'depthLight3', note: t.surface, edge: true },
    { name: t.tint, value: '--tint-2', token: 'highlightLight3', note: t.surface, edge: true },
    { name: t.action, value: '--link', token: 'highlightBase', note: ratio(5.2) },
    { name: t.focus, value: '--focus', token: `${t.own}, 196 77 36`, note: ratio(4.7) },
    { name: t.late, value: '--late', token: 'alertBase', note: ratio(6.3) },
    { name: t.soon, value: '--soon', token: 'warningBase', note: t.outlined, ink: true },
    { name: t.ok, value: '--ok', token: 'successDark1', note: ratio(4.7) },
  ];
  return (
    <Sample title={t.title} note={t.note}>
      <ul className="sws">
        {colours.map(({ name, value, token, note, edge, ink }) => (
          <li key={name}>
            <i
              className={ink ? 'ink' : edge ? 'edge' : undefined}
              style={{ '--c': `var(${value})` } as CSSProperties}
            />
            <b>{name}</b>
            <span className="meta">
              {token}
              <br />
              {note}
            </span>
          </li>
        ))}
      </ul>
    </Sample>
  );
}

function Parties() {
  const t = useTexts().components.parties;
  const { espoo, luvn, others } = useParties();
  return (
    <Sample title={t.title} note={t.note}>
      <div className="pr">
        <div>
          <p className="pbig">
            <PartyMark party={espoo} />
            <b>{t.espoo}</b>
          </p>
          <span className="hb hb-e" />
          <p className="meta">
            {t.square}
            <br />
            {t.left}
          </p>
        </div>
        <div>
          <p className="pbig">
            <PartyMark party={luvn} />
            <b>{t.luvn}</b>
          </p>
          <span className="hb hb-l" />
          <p className="meta">
            {t.circle}
            <br />
            {t.right}
          </p>
        </div>
        <div>
          <p className="pbig">
            <PartyMarks parties={[espoo, luvn]} />
            <b>{t.joint}</b>
          </p>
          <span className="hb hb-b" />
          <p className="meta">
            {t.jointText}
            <br />
            {t.noColour}
          </p>
        </div>
        <div>
          <p className="pbig">
            {others.map((party) => (
              <PartyMark key={party.name} party={party} />
            ))}
            <b>{t.others}</b>
          </p>
          <span className="hb hb-o" />
          <p className="meta">
            {t.othersText}
            <br />
            {t.outline}
          </p>
        </div>
      </div>
    </Sample>
  );
}
