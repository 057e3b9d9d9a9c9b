import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised, type LocalisedText } from '../../lib/text';
import { DateText, Section } from '../../ui/layout';
import { Loaded } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import type { OverviewLinks } from './links';
import { openLoopsCountQuery, type Overview, type OverviewDecision } from './queries';

interface DecisionsProps {
  overview: Overview;
  links: OverviewLinks;
}

/** What the last meetings decided, what followed from it, and what has no ending yet. */
export function Decisions({ overview, links }: DecisionsProps) {
  const t = useTexts().overview.decisions;
  const words = useTexts().forumLoops;
  const { lastDecisions, withoutEnding, day } = overview;
  const loops = useQuery(openLoopsCountQuery(useAsOf()));
  return (
    <Section title={t.title} aside={<Link {...links.forums}>{t.forums}</Link>}>
      {lastDecisions.length === 0 ? (
        <p className="meta">{t.none}</p>
      ) : (
        <ul className="hl ov-hl">
          {lastDecisions.map((decision) => (
            <Decision key={decision.outcomeId} decision={decision} day={day} links={links} />
          ))}
        </ul>
      )}
      {withoutEnding.without > 0 ? (
        <details className="ov-more">
          <summary>{t.without(withoutEnding.without, withoutEnding.decisions)}</summary>
          <ul className="hl ov-hl">
            {withoutEnding.open.map((decision) => (
              <Decision key={decision.outcomeId} decision={decision} day={day} links={links} />
            ))}
          </ul>
          {withoutEnding.open.length < withoutEnding.without && (
            <p className="meta">{t.latestOf(withoutEnding.open.length)}</p>
          )}
          <p>
            <Link {...links.withoutEnding}>{t.listed}</Link>
          </p>
        </details>
      ) : (
        withoutEnding.decisions > 0 && (
          <p className="meta ov-note">{t.allEnded(withoutEnding.decisions)}</p>
        )
      )}
      <Loaded query={loops} loading={words.loading}>
        {(count) => (
          <p className="ov-note">
            <Link {...links.openLoops}>{count > 0 ? words.overview(count) : words.none}</Link>
          </p>
        )}
      </Loaded>
    </Section>
  );
}

interface DecisionProps {
  decision: OverviewDecision;
  day: string;
  links: OverviewLinks;
}

function Decision({ decision, day, links }: DecisionProps) {
  const texts = useTexts();
  const t = texts.overview.decisions;
  const lang = useLang();
  const { meeting, actions, section, agendaNo } = decision;
  const place = section ? `§\u00a0${section}` : agendaNo ? t.item(agendaNo) : '';
  return (
    <li>
      <p>
        <T text={shortened(decision.text)} />
        {actions.map(({ no, title }, index) => (
          <Fragment key={no}>
            {index > 0 ? ', ' : ' '}
            <Link className="q nb" title={localised(title, lang).value} {...links.action(no)}>
              {t.action(no)}
            </Link>
          </Fragment>
        ))}
      </p>
      {decision.visibility === 'internal' && <InternalMark />}
      <p className="meta">
        <DateText date={meeting.date} short={meeting.date.slice(0, 4) === day.slice(0, 4)} />{' '}
        <Link className="q" {...links.meeting(meeting.id)}>
          <T text={meeting.forum.title} />{' '}
          <span className="nb">
            {meeting.number}/{meeting.year}
          </span>
        </Link>
        {place && ` ${place}`} <T text={decision.itemTitle} />
      </p>
    </li>
  );
}

const longest = 280;

/** A long text up to a whole word; the rest stands at its meeting. */
function shortened(text: LocalisedText): LocalisedText {
  const cut = (value: string | null | undefined) =>
    value && value.length > longest
      ? `${value.slice(0, value.lastIndexOf(' ', longest) + 1 || longest).trim()}…`
      : value;
  return { fi: cut(text.fi), sv: cut(text.sv), en: cut(text.en) };
}
