import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import { ConditionWhy } from '../../content/ConditionWhy';
import { PostLink } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { DataTable, type Column } from '../../ui/DataTable';
import { Section } from '../../ui/layout';
import { PartyMarks, Who } from '../../ui/PartyMark';
import { ErrorState, LoadingLines } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useAddDependency, useRemoveDependency, type Action, type Dependency } from './queries';
import { dueText, isClosed, may } from './words';

// The form searches all actions, and most readers open none.
const DependencyForm = lazy(() =>
  import('./DependencyForm').then((module) => ({ default: module.DependencyForm })),
);

/**
 * What the action waits for, and what waits for it, each with how it is doing. What lies between
 * the parties has both their marks: the giving one first.
 */
export function Dependencies({ action }: { action: Action }) {
  const texts = useTexts();
  const t = texts.dependencies;
  const asOf = useAsOf();
  const tell = useToast();
  const heading = useRef<HTMLHeadingElement>(null);
  const [adding, setAdding] = useState(false);
  const add = useAddDependency(action.id);
  const remove = useRemoveDependency(action.id);
  const { needs, awaitedBy } = action;
  const mayEdit = !asOf && may(action, 'action.edit');
  const mayAdd = mayEdit && !isClosed(action);
  if (needs.length === 0 && awaitedBy.length === 0 && !mayAdd) return null;

  const takeAway = ({ id, action: { no, id: needsId } }: Dependency) => {
    if (remove.isPending) return;
    add.reset();
    whenSaved(remove.mutateAsync(id), () => {
      // The row goes with its button.
      heading.current?.focus();
      tell(
        t.removed(no),
        mayAdd
          ? {
              label: texts.ui.undo,
              onPress: () =>
                whenSaved(
                  add.mutateAsync(needsId),
                  () => tell(t.added(no)),
                  () => tell(t.notAddedBack),
                ),
            }
          : undefined,
      );
    });
  };
  return (
    <Section
      title={t.heading}
      headingRef={heading}
      aside={
        mayAdd && (
          <Button
            small
            variant="secondary"
            aria-expanded={adding}
            onClick={() => setAdding(!adding)}
          >
            {t.add}
          </Button>
        )
      }
    >
      {adding && (
        <div className="writing">
          <Suspense fallback={<LoadingLines />}>
            <DependencyForm action={action} onClose={() => setAdding(false)} />
          </Suspense>
        </div>
      )}
      {remove.error && <ErrorState error={remove.error} title={texts.problems.saveTitle} />}
      {needs.length === 0 && awaitedBy.length === 0 && !adding && <p className="meta">{t.none}</p>}
      {needs.length > 0 && (
        <Ends
          title={t.needs}
          text={t.needsText}
          action={action}
          dependencies={needs}
          onRemove={mayEdit ? takeAway : undefined}
        />
      )}
      {awaitedBy.length > 0 && (
        <Ends
          title={t.awaitedBy}
          text={t.awaitedByText}
          action={action}
          dependencies={awaitedBy}
          followers
        />
      )}
    </Section>
  );
}

interface EndsProps {
  title: string;
  text: string;
  action: Action;
  dependencies: readonly Dependency[];
  /** They wait for the action; else it waits for them. */
  followers?: boolean;
  onRemove?: (dependency: Dependency) => void;
}

function Ends({ title, text, action, dependencies, followers, onRemove }: EndsProps) {
  const t = useTexts().dependencies;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const columns: Column<Dependency>[] = [
    { key: 'no', kind: 'number', header: t.action, hiddenHeader: true, render: noOf },
    {
      key: 'title',
      kind: 'name',
      header: t.action,
      render: ({ action: other, lead, crossesParties }) => {
        const ends = [lead, action.lead].map((post) => post && looks(post.partyId));
        const [from, to] = followers ? ends.reverse() : ends;
        return (
          <>
            <Link className="q" to="/$lang/actions/$no" params={{ lang, no: String(other.no) }}>
              <T text={other.title} />
            </Link>
            {crossesParties && from && to && (
              <span className="dp-x">
                <PartyMarks parties={[from]} />
                <span aria-hidden="true">→</span>
                <PartyMarks parties={[to]} /> {t.across}
              </span>
            )}
          </>
        );
      },
    },
    {
      key: 'lead',
      header: t.lead,
      className: 'w',
      render: ({ lead }) =>
        lead ? (
          <Who party={looks(lead.partyId)}>
            <PostLink post={lead} />
          </Who>
        ) : (
          <span className="meta">{t.nobody}</span>
        ),
    },
    {
      key: 'due',
      kind: 'figure',
      header: t.due,
      render: (dependency) => dueText(dependency, lang) || '–',
    },
    {
      key: 'condition',
      header: t.condition,
      className: 'k',
      render: ({ condition }) => <ConditionWhy condition={condition} />,
    },
  ];
  if (onRemove) {
    columns.push({
      key: 'do',
      header: t.change,
      hiddenHeader: true,
      className: 'u',
      render: (dependency) => (
        <Button
          small
          variant="quiet"
          aria-label={t.removeOne(dependency.action.no)}
          onClick={() => onRemove(dependency)}
        >
          {t.remove}
        </Button>
      ),
    });
  }
  return (
    <div className="dp">
      <h3>{title}</h3>
      <p className="meta">{text}</p>
      <DataTable
        caption={title}
        rowKey={({ id }) => id}
        groups={[{ key: 'all', rows: dependencies }]}
        columns={columns}
      />
    </div>
  );
}

function noOf({ action }: Dependency) {
  return action.no;
}
