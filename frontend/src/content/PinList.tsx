import { Link } from '@tanstack/react-router';
import type { components } from '../api/schema';
import { T, useLang, useTexts } from '../i18n';
import { formatDate } from '../lib/dates';

type Pins = components['schemas']['Pins'];

/** Where in service chains something is pinned, chain by chain; nothing where it is nowhere. */
export function PinList({ pins }: { pins: Pins }) {
  const t = useTexts().content.pins;
  const lang = useLang();
  const places = [...pins.stages, ...pins.handovers];
  const chains = places
    .map(({ chain }) => chain)
    .filter((chain, index, all) => all.findIndex(({ id }) => id === chain.id) === index);
  const ended = (day: string | undefined) =>
    day && <span className="meta"> {t.ended(formatDate(day, lang))}</span>;
  return (
    <ul className="hl row-text pins">
      {chains.map((chain) => (
        <li key={chain.id}>
          <Link className="q" to="/$lang/chains/$id" params={{ lang, id: chain.key }}>
            <T text={chain.title} />
          </Link>
          <ul>
            {pins.stages
              .filter((stage) => stage.chain.id === chain.id)
              .map(({ id, position, title, validTo }) => (
                <li key={id}>
                  {t.stage} {!validTo && `${position} `}
                  <T text={title} />
                  {ended(validTo)}
                </li>
              ))}
            {pins.handovers
              .filter((handover) => handover.chain.id === chain.id)
              .map(({ id, what, from, to, validTo }) => (
                <li key={id}>
                  {t.handover}{' '}
                  {validTo ? (
                    <T text={what} />
                  ) : (
                    <Link
                      className="q"
                      to="/$lang/chains/$id"
                      params={{ lang, id: chain.key }}
                      search={{ handover: id }}
                      hash="handover"
                    >
                      <T text={what} />
                    </Link>
                  )}
                  <span className="meta df">
                    <T text={from} /> – <T text={to} />
                  </span>
                  {ended(validTo)}
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
