import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import {
  savedViewsQuery,
  useChangeView,
  useWithdrawView,
  type SavedView,
} from '../../api/savedViews';
import { CopyAddress } from '../../content/CopyAddress';
import { useSharings } from '../../content/SavedViews';
import { T, useLang, useTexts } from '../../i18n';
import { localised, type LocalisedText } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { problemText } from '../../ui/problemTexts';
import { Segments } from '../../ui/Segments';
import { EmptyState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';

const pages = ['actions', 'goals', 'my_work', 'matrix'] as const;

/** All saved views that the reader has: to open, rename, share and withdraw. */
export function ViewsPage() {
  const texts = useTexts();
  const t = texts.savedViews;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const tell = useToast();
  const views = useQuery(savedViewsQuery());
  const withdraw = useWithdrawView();
  const [editing, setEditing] = useState<string | null>(null);
  const head = useRef<HTMLDivElement>(null);
  const pageNames = {
    actions: texts.actions.title,
    goals: texts.goals.title,
    my_work: texts.myWork.title,
    matrix: texts.matrix.title,
  };
  const remove = (view: SavedView) =>
    whenSaved(
      withdraw.mutateAsync(view),
      () => {
        tell(t.withdrawn(localised(view.name, lang).value));
        head.current?.focus();
      },
      (error) => tell(problemText(error, texts)),
    );
  return (
    <div ref={head} tabIndex={-1}>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={<FileLinks path="/saved-views" query={{}} />}
      />
      <Loaded query={views}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t.none} text={t.how} />
          ) : (
            <DataTable
              caption={t.title}
              columns={[
                {
                  key: 'name',
                  header: t.name,
                  kind: 'name',
                  render: ({ id, name }) => (
                    <Link to="/$lang/views/$id" params={{ lang, id }}>
                      <T text={name} />
                    </Link>
                  ),
                },
                {
                  key: 'sharing',
                  header: t.sharing,
                  render: ({ sharing, partyId }) =>
                    sharing === 'own' ? (
                      t.sharings.own
                    ) : (
                      <Who party={looks(partyId)}>{t.sharedBy[sharing](looks(partyId).name)}</Who>
                    ),
                },
                {
                  key: 'address',
                  header: t.address,
                  render: ({ id }) => (
                    <CopyAddress
                      label={t.address}
                      address={`${window.location.origin}/${lang}/views/${id}`}
                    />
                  ),
                },
                {
                  key: 'change',
                  header: t.change,
                  hiddenHeader: true,
                  render: (view) =>
                    view.permissions.includes('saved_view.edit') && (
                      <span className="btns">
                        <Button
                          small
                          variant="secondary"
                          aria-expanded={editing === view.id}
                          aria-label={t.changeOne(localised(view.name, lang).value)}
                          onClick={() => setEditing(editing === view.id ? null : view.id)}
                        >
                          {t.change}
                        </Button>
                        <Button
                          small
                          variant="quiet"
                          aria-label={t.withdrawOne(localised(view.name, lang).value)}
                          aria-disabled={withdraw.isPending}
                          onClick={() => remove(view)}
                        >
                          {t.withdraw}
                        </Button>
                      </span>
                    ),
                },
              ]}
              groups={pages.flatMap((page) => {
                const of = rows.filter((view) => view.page === page);
                return of.length > 0 ? [{ key: page, heading: pageNames[page], rows: of }] : [];
              })}
              rowKey={({ id }) => id}
              expanded={(view) =>
                view.id === editing && (
                  <ChangeForm key={view.id} view={view} onClose={() => setEditing(null)} />
                )
              }
            />
          )
        }
      </Loaded>
    </div>
  );
}

function ChangeForm({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const texts = useTexts();
  const t = texts.savedViews;
  const lang = useLang();
  const tell = useToast();
  const change = useChangeView();
  const may = useSharings();
  const sharings = may.filter((each) => each !== 'own' || view.mine || view.sharing === 'own');
  const [name, setName] = useState<LocalisedText>(view.name);
  const [sharing, setSharing] = useState(view.sharing);
  const { id, version, query } = view;
  return (
    <InlineUpdateForm
      label={t.changeOne(localised(view.name, lang).value)}
      onSave={() =>
        whenSaved(
          change.mutateAsync({
            id,
            version,
            body: {
              name: { fi: name.fi ?? '', sv: name.sv ?? '', en: name.en ?? '' },
              sharing,
              query,
            },
          }),
          () => {
            tell(t.updated);
            onClose();
          },
        )
      }
      onCancel={onClose}
      saving={change.isPending}
      error={change.error}
    >
      <LocalisedField oneIsEnough label={t.name} value={name} onChange={setName} maxLength={100} />
      <Segments
        small
        label={t.sharing}
        options={sharings.map((value) => ({ value, label: t.sharings[value] }))}
        value={sharing}
        onChange={setSharing}
      />
    </InlineUpdateForm>
  );
}
