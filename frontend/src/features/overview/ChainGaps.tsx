import { Link } from '@tanstack/react-router';
import { T, useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { formatNumber } from '../../lib/numbers';
import { Section } from '../../ui/layout';
import type { OverviewLinks } from './links';
import type { Overview } from './queries';

interface ChainGapsProps {
  overview: Overview;
  links: OverviewLinks;
}

/** How wide the gaps of each chain's hand-overs are; each number leads to them. */
export function ChainGaps({ overview: { gaps }, links }: ChainGapsProps) {
  const texts = useTexts();
  const t = texts.overview.gaps;
  const lang = useLang();
  if (gaps.length === 0) return null;
  return (
    <Section
      title={t.title}
      aside={
        <Link to="/$lang/gaps" params={{ lang }}>
          {texts.gaps.title}
        </Link>
      }
    >
      <table className="t">
        <caption className="vh">{t.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.chain}</th>
            <th scope="col" className="num">
              {t.major}
            </th>
            <th scope="col" className="num">
              {t.minor}
            </th>
            <th scope="col" className="num">
              {t.none}
            </th>
          </tr>
        </thead>
        <tbody>
          {gaps.map(({ chainId, title, ...figures }) => {
            const figure = (gap: 'major' | 'minor' | 'none') =>
              figures[gap] === 0 ? (
                '–'
              ) : (
                <Link
                  className="q"
                  {...(gap === 'none' ? links.sound(chainId) : links.gap(gap, chainId))}
                >
                  {formatNumber(figures[gap], lang)}
                  <span className="vh">
                    {' '}
                    {texts.ui.gaps[gap]}, {localised(title, lang).value}
                  </span>
                </Link>
              );
            return (
              <tr key={chainId}>
                <th scope="row">
                  <Link className="q" {...links.chain(chainId)}>
                    <T text={title} />
                  </Link>
                </th>
                <td className="num">
                  <b>{figure('major')}</b>
                </td>
                <td className="num">{figure('minor')}</td>
                <td className="num">{figure('none')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}
