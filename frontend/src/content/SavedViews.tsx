import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay, useMe } from '../api/me';
import {
  sameQuery,
  savedViewsQuery,
  useChangeView,
  useCreateView,
  viewPath,
  viewSearch,
  type SavedView,
  type SavedViewInput,
  type ViewPage,
  type ViewQuery,
} from '../api/savedViews';
import { T, useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { useFocusAfter } from '../lib/focus';
import { localised } from '../lib/text';
import { whenSaved } from '../lib/whenSaved';
import { Button } from '../ui/Button';
import { InlineField } from '../ui/forms/InlineField';
import { InlineUpdateForm } from '../ui/forms/InlineUpdateForm';
import { fieldError } from '../ui/problemTexts';
import { Segments } from '../ui/Segments';
import { useToast } from '../ui/Toast';
import { useNarrow } from '../ui/useNarrow';
import './savedViews.css';

interface SavedViewsProps {
  page: ViewPage;
  /** What the page shows now. */
  query: ViewQuery;
  /** Id of the view that was opened. */
  opened: string | undefined;
  /** Called with a view that was just saved, to be the open one. */
  onSaved: (view: SavedView) => void;
}

/** The saved views of a list: to open, to save what is shown as one, and to keep one up to date. */
export function SavedViews({ page, query, opened, onSaved }: SavedViewsProps) {
  const t = useTexts().savedViews;
  const lang = useLang();
  const asOf = useAsOf();
  const tell = useToast();
  const narrow = useNarrow();
  const signedIn = useMe().data?.signedIn === true;
  const views = useQuery(savedViewsQuery(page)).data ?? [];
  const change = useChangeView();
  const [saving, setSaving] = useState(false);
  const frame = useFocusAfter<HTMLDivElement>(saving, 'button');
  const open = views.find(({ id }) => id === opened);
  const changed = open !== undefined && !sameQuery(open.query, query);
  const few = firstOf(views, open, narrow ? 3 : 8);
  if (views.length === 0 && !signedIn) return null;
  return (
    <div className="svw" ref={frame}>
      {views.length > 0 && (
        <nav aria-label={t.title}>
          {few.map((view) => (
            <ViewLink key={view.id} view={view} current={view === open && !changed} />
          ))}
          {views.length > few.length && (
            <MoreViews views={views} current={changed ? undefined : open} />
          )}
        </nav>
      )}
      <p className="btns">
        {open && changed && !asOf && open.permissions.includes('saved_view.edit') && (
          <Button
            small
            variant="secondary"
            aria-disabled={change.isPending}
            onClick={() =>
              whenSaved(
                change.mutateAsync({
                  id: open.id,
                  version: open.version,
                  body: { name: open.name, sharing: open.sharing, query },
                }),
                () => tell(t.updated),
                () => tell(t.notUpdated),
              )
            }
          >
            {t.update}
          </Button>
        )}
        {signedIn && !asOf && (
          <Button small variant="quiet" aria-expanded={saving} onClick={() => setSaving(!saving)}>
            {t.save}
          </Button>
        )}
        {views.length > 0 && (
          <Link to="/$lang/views" params={{ lang }}>
            {t.all}
          </Link>
        )}
      </p>
      {saving && (
        <SaveForm
          page={page}
          query={query}
          onSaved={(view) => {
            setSaving(false);
            onSaved(view);
          }}
          onCancel={() => setSaving(false)}
        />
      )}
    </div>
  );
}

/** The first of the views in their order, and the open one in any case; all if hardly more are left. */
function firstOf(views: readonly SavedView[], open: SavedView | undefined, count: number) {
  if (views.length <= count + 1) return views;
  const first = views.slice(0, count);
  return open && !first.includes(open) ? [...first.slice(0, -1), open] : first;
}

function ViewLink({ view, current }: { view: SavedView; current: boolean }) {
  const t = useTexts().savedViews;
  const lang = useLang();
  return (
    <Link
      to={`/$lang/${viewPath[view.page]}`}
      params={{ lang }}
      search={viewSearch(view) as LinkProps['search']}
      activeOptions={{ exact: true }}
      aria-current={current ? 'true' : undefined}
    >
      <T text={view.name} /> <span className="meta">{t.sharings[view.sharing]}</span>
    </Link>
  );
}

/** All views in a list that opens, to be found by a part of their name. */
function MoreViews({
  views,
  current,
}: {
  views: readonly SavedView[];
  current: SavedView | undefined;
}) {
  const t = useTexts().savedViews;
  const lang = useLang();
  const [part, setPart] = useState('');
  const found = views.filter(({ name }) =>
    localised(name, lang)
      .value.toLocaleLowerCase(lang)
      .includes(part.trim().toLocaleLowerCase(lang)),
  );
  return (
    <details className="svw-more">
      <summary>{t.more(views.length)}</summary>
      <InlineField label={t.find} value={part} onChange={setPart} />
      <p className="meta" role="status">
        {part.trim() && t.found(found.length)}
      </p>
      <ul>
        {found.map((view) => (
          <li key={view.id}>
            <ViewLink view={view} current={view === current} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** With whom a view can be shared by the reader. */
export function useSharings(): readonly SavedView['sharing'][] {
  const staff = useMe().data?.hasRole === true;
  const publish = useMay('saved_view.publish');
  return [
    'own',
    ...(staff ? (['party'] as const) : []),
    ...(publish ? (['everybody'] as const) : []),
  ];
}

interface SaveFormProps {
  page: ViewPage;
  query: ViewQuery;
  onSaved: (view: SavedView) => void;
  onCancel: () => void;
}

function SaveForm({ page, query, onSaved, onCancel }: SaveFormProps) {
  const texts = useTexts();
  const t = texts.savedViews;
  const lang = useLang();
  const tell = useToast();
  const create = useCreateView();
  const sharings = useSharings();
  const [name, setName] = useState('');
  const [sharing, setSharing] = useState<SavedViewInput['sharing']>('own');
  return (
    <InlineUpdateForm
      label={t.save}
      onSave={() =>
        whenSaved(
          create.mutateAsync({ page, name: { fi: '', [lang]: name.trim() }, sharing, query }),
          (view) => {
            tell(t.saved);
            onSaved(view);
          },
        )
      }
      onCancel={onCancel}
      saving={create.isPending}
      error={create.error}
    >
      <div className="upd-grid">
        <InlineField
          label={t.name}
          hint={t.nameHint}
          value={name}
          onChange={setName}
          error={
            fieldError(create.error, '/name', texts) ??
            fieldError(create.error, `/name/${lang}`, texts)
          }
        />
        {sharings.length > 1 && (
          <Segments
            small
            label={t.sharing}
            options={sharings.map((value) => ({ value, label: t.sharings[value] }))}
            value={sharing}
            onChange={setSharing}
          />
        )}
      </div>
    </InlineUpdateForm>
  );
}
