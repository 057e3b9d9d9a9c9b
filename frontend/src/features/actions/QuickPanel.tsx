import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { usePartyLooks } from '../../api/parties';
import { StandingMark } from '../../content/AgreementMark';
import { useExplanation } from '../../content/ConditionWhy';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate } from '../../lib/dates';
import { Button, LinkButton } from '../../ui/Button';
import { AtRisk, Condition } from '../../ui/Condition';
import { Freshness } from '../../ui/Freshness';
import { Icon } from '../../ui/Icon';
import { KeyValues } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { PathLink } from '../../ui/PathLink';
import { InternalMark } from '../../ui/Visibility';
import { ActionLinks } from './Endings';
import { actionQuery, type ActionSummary } from './queries';
import { TaskList } from './Tasks';
import { Differs } from './Together';

interface QuickPanelProps {
  action: ActionSummary;
  /** Number of the next late action, if there is one. */
  next: number | undefined;
  onShow: (no: number) => void;
  onClose: () => void;
}

/** The rest of an action beside the list, which stays usable: no dialog. */
export function QuickPanel({ action, next, onShow, onClose }: QuickPanelProps) {
  const texts = useTexts();
  const t = texts.actions;
  const lang = useLang();
  const asOf = useAsOf();
  const looks = usePartyLooks(lang);
  const heading = useId();
  const whole = useQuery(actionQuery(String(action.no), asOf)).data;
  const { head, rest } = useExplanation(action.condition);
  const posts = [
    ...(action.lead ? [{ post: action.lead, standing: action.leadStanding }] : []),
    ...action.others.filter(({ part }) => part === 'shared'),
  ];
  const latest = whole?.reports.find(
    ({ text, withdrawn }) => !withdrawn && (text.fi || text.sv || text.en),
  );
  const { origin } = whole ?? {};
  return (
    <aside className="qp" aria-labelledby={heading}>
      <div className="qt">
        <span className="meta">{t.one(action.no)}</span>
        <Button variant="quiet" small onClick={onClose}>
          <Icon name="close" size={12} />
          {t.quick.close}
        </Button>
      </div>
      <h2 id={heading}>
        <Link className="q" to="/$lang/actions/$no" params={{ lang, no: String(action.no) }}>
          <T text={action.title} />
        </Link>
      </h2>
      <p>
        <Condition value={action.condition.value} /> {action.condition.risk && <AtRisk />}{' '}
        <span className="meta">{`${head} ${rest}`}</span>
      </p>
      <KeyValues
        items={[
          {
            name: t.quick.responsible,
            value:
              posts.length > 0
                ? posts.map(({ post, standing }) => (
                    <div key={post.id}>
                      <Who party={looks(post.partyId)}>
                        <T text={post.title} /> <StandingMark standing={standing} />
                      </Who>
                    </div>
                  ))
                : t.list.nobody,
          },
          {
            name: t.quick.status,
            value: (
              <>
                {t.statuses[action.status]}{' '}
                <span className="meta">{`${action.progress}\u00a0%`}</span>
                <Differs action={action} />
              </>
            ),
          },
          ...(action.forwardedTo.length > 0
            ? [{ name: t.quick.goesOn, value: <ActionLinks actions={action.forwardedTo} /> }]
            : []),
          {
            name: t.quick.confirmed,
            value: <Freshness {...action.freshness} days={action.daysSinceConfirmed} short />,
          },
          ...(action.stage
            ? [
                {
                  name: t.quick.chain,
                  value: (
                    <PathLink quiet path={`/chains/${action.stage.chainId}`}>
                      {action.stage.position} <T text={action.stage.title} />
                    </PathLink>
                  ),
                },
              ]
            : []),
          ...(origin
            ? [
                {
                  name: t.quick.origin,
                  value: (
                    <PathLink quiet path={`/meetings/${origin.meetingId}`}>
                      <T text={origin.forum.title} /> {`${origin.number}/${origin.year}`}
                      {origin.section !== undefined && ` §\u00a0${origin.section}`}
                    </PathLink>
                  ),
                },
              ]
            : []),
        ]}
      />
      {whole && <TaskList action={whole} />}
      {latest && (
        <>
          <h3>{t.quick.latest}</h3>
          <div className={latest.public ? undefined : 'internal'}>
            {!latest.public && <InternalMark />}
            <p className="qtext">
              <T text={latest.text} />
            </p>
            <p className="meta">{formatDate(latest.reportedOn, lang)}</p>
          </div>
        </>
      )}
      <p className="btns">
        <LinkButton
          variant="secondary"
          small
          to="/$lang/actions/$no"
          params={{ lang, no: String(action.no) }}
        >
          {t.quick.open}
        </LinkButton>
        {next !== undefined && (
          <Button variant="quiet" small onClick={() => onShow(next)}>
            {t.quick.nextLate} <Icon name="arrow" />
          </Button>
        )}
      </p>
    </aside>
  );
}
