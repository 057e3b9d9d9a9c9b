import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { useMay } from '../../api/me';
import type { components } from '../../api/schema';
import { useLang, useTexts, type Texts } from '../../i18n';
import { languages } from '../../lib/lang';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Select } from '../../ui/filters';
import { TextField } from '../../ui/forms/fields';
import { FileField } from '../../ui/forms/FileField';
import { Breadcrumb, KeyValues, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { fieldError } from '../../ui/problemTexts';
import { EmptyState, ErrorState, LoadMore } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import './imports.css';

type Report = components['schemas']['ImportReport'];
type Name = components['schemas']['ImportedName'];
type Row = components['schemas']['ImportedRow'];
type Input = components['schemas']['ImportInput'];

/** What the server takes at most, of the file itself. */
const maxFile = 8_000_000;

/** Rows that a table begins with: a file may have thousands. */
const firstRows = 100;

const nameKey = ({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`;

type Kind = keyof Texts['imports']['kinds'];

/** Where what a kind of file holds is checked and imported, who may do so, and the list that the page is under. */
const kinds = {
  action: {
    permission: 'action.create',
    list: '/$lang/actions',
    label: (texts: Texts) => texts.actions.title,
    check: (body: Input) => bodyOf(api.POST('/action-import-checks', { body })),
    save: (body: Input) => bodyOf(api.POST('/action-imports', { body })),
  },
  goal: {
    permission: 'goal.create',
    list: '/$lang/goals',
    label: (texts: Texts) => texts.goals.title,
    check: (body: Input) => bodyOf(api.POST('/goal-import-checks', { body })),
    save: (body: Input) => bodyOf(api.POST('/goal-imports', { body })),
  },
  post: {
    permission: 'post.edit',
    list: '/$lang/organisation',
    label: (texts: Texts) => texts.organisation.title,
    check: (body: Input) => bodyOf(api.POST('/post-import-checks', { body })),
    save: (body: Input) => bodyOf(api.POST('/post-imports', { body })),
  },
  responsibility: {
    permission: 'responsibility.edit',
    list: '/$lang/responsibilities/list',
    label: (texts: Texts) => texts.responsibilities.list.title,
    check: (body: Input) => bodyOf(api.POST('/responsibility-import-checks', { body })),
    save: (body: Input) => bodyOf(api.POST('/responsibility-imports', { body })),
  },
} as const;

export const ActionImportPage = () => <ImportPage kind="action" />;
export const GoalImportPage = () => <ImportPage kind="goal" />;
export const PostImportPage = () => <ImportPage kind="post" />;
export const ResponsibilityImportPage = () => <ImportPage kind="responsibility" />;

/** A list from a file: what the file would change and what is wrong with it, and then the import. */
function ImportPage({ kind }: { kind: Kind }) {
  const texts = useTexts();
  const t = texts.imports;
  const lang = useLang();
  const { permission, list, label } = kinds[kind];
  const mayImport = useMay(permission);
  return (
    <>
      <PageHead
        title={t.kinds[kind].title}
        above={
          <Breadcrumb items={[{ label: label(texts), link: { to: list, params: { lang } } }]} />
        }
        lead={t.lead}
      />
      {mayImport ? <Import kind={kind} /> : <EmptyState title={t.kinds[kind].notAllowed} />}
    </>
  );
}

interface Checked {
  body: Input;
  choice: number;
}

interface Chosen {
  name: string;
  content: string;
}

function Import({ kind }: { kind: Kind }) {
  const texts = useTexts();
  const t = texts.imports;
  const own = t.kinds[kind];
  const client = useQueryClient();
  const tell = useToast();
  const [file, setFile] = useState<Chosen | null>(null);
  const [tooLarge, setTooLarge] = useState('');
  const [unreadable, setUnreadable] = useState('');
  // Which choice of a file this is: what is told of an earlier one is dropped.
  const chosenLast = useRef(0);
  // What the last check told stays while the next one runs.
  const [report, setReport] = useState<Report>();
  // Names stay in sight with what was chosen for them, though the next check knows them.
  const [names, setNames] = useState<readonly Name[]>([]);
  const [choices, setChoices] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const bodyFor = ({ name, content }: Chosen) => ({
    fileName: name,
    file: content,
    choices: names.flatMap((each) => {
      const id = choices[nameKey(each)];
      return id ? [{ kind: each.kind, name: each.name, id }] : [];
    }),
  });
  const check = useMutation({
    mutationFn: ({ body }: Checked) => kinds[kind].check(body),
    onSuccess: (told, { choice }) => {
      if (choice !== chosenLast.current) return;
      setReport(told);
      setNames((before) => [
        ...before,
        ...told.names.filter((name) => !before.some((each) => nameKey(each) === nameKey(name))),
      ]);
    },
  });
  const save = useMutation({
    mutationFn: (body: Input) => kinds[kind].save(body),
    onSuccess: () => client.invalidateQueries(),
  });
  const choose = async (chosen: File | null) => {
    const choice = (chosenLast.current += 1);
    check.reset();
    save.reset();
    setReport(undefined);
    setNames([]);
    setChoices({});
    setFile(null);
    setTooLarge(chosen && chosen.size > maxFile ? chosen.name : '');
    setUnreadable('');
    if (!chosen || chosen.size > maxFile) return;
    const content = await base64(chosen).catch(() => null);
    if (choice !== chosenLast.current) return;
    if (content === null) {
      setUnreadable(chosen.name);
      return;
    }
    setFile({ name: chosen.name, content });
    check.mutate({ body: { fileName: chosen.name, file: content }, choice });
  };
  const again = () => {
    save.reset();
    if (file && !check.isPending) check.mutate({ body: bodyFor(file), choice: chosenLast.current });
  };
  const done = save.data;
  const shown = done ?? report;
  return (
    <div className="stack">
      <Section title={t.file}>
        <p className="imp-text">
          {t.formats} {own.matching}
        </p>
        <p className="imp-text">
          {t.templates}{' '}
          {languages.map((each, index) => (
            <span key={each}>
              {index > 0 && ' · '}
              <a download href={`/api/v1/${kind}-import.xlsx?lang=${each}`}>
                {t.template[each]}
              </a>
            </span>
          ))}
        </p>
        <p className="imp-text">{own.current}</p>
        <FileField
          label={t.choose}
          accept=".xlsx,.csv"
          chosen={file?.name ?? (tooLarge || unreadable || undefined)}
          onChoose={(chosen) => void choose(chosen)}
        />
        {tooLarge && <p role="alert">{t.tooLarge}</p>}
        {unreadable && <p role="alert">{t.unreadable}</p>}
        {/* What a check has told stands below to be seen. */}
        <p className={shown && !check.isPending ? 'vh' : 'meta'} role="status">
          {check.isPending
            ? t.checking
            : shown &&
              (['new', 'changed', 'same', 'wrong'] as const)
                .map((key) => `${t.counts[key]}: ${shown[key]}`)
                .join(', ')}
        </p>
        {check.error && (
          <ErrorState error={check.error} title={t.notChecked} onRetry={again}>
            {fieldError(check.error, '/file', texts)}
          </ErrorState>
        )}
      </Section>
      {done ? (
        <Section title={<Imported>{own.imported}</Imported>}>
          <Counts report={done} />
          <Changes kind={kind} rows={done.rows} />
        </Section>
      ) : (
        report && (
          <>
            <Section title={t.preview}>
              <Counts report={report} />
              {report.unknownHeadings.length > 0 && (
                <p className="imp-text imp-more">{t.unknown(report.unknownHeadings.join(', '))}</p>
              )}
              {report.untakenHeadings.length > 0 && (
                <p className="imp-text imp-more">
                  {t.untaken(report.untakenHeadings.join(', '))} {own.elsewhere}
                </p>
              )}
              {report.new + report.changed + report.wrong === 0 && (
                <p className="imp-more">{t.nothing}</p>
              )}
            </Section>
            {names.length > 0 && (
              <Names
                names={names}
                choices={choices}
                onChoose={(name, id) => setChoices((old) => ({ ...old, [nameKey(name)]: id }))}
                checking={check.isPending}
                onCheck={again}
              />
            )}
            {report.wrong > 0 && <Wrong report={report} />}
            {report.new + report.changed > 0 && (
              <Section title={own.changes}>
                {(report.new > 0 || kind === 'responsibility') && (
                  <p className="imp-text">{own.note}</p>
                )}
                <Changes kind={kind} rows={report.rows.filter(({ state }) => state !== 'wrong')} />
              </Section>
            )}
            {report.wrong === 0 && report.new + report.changed > 0 && file && (
              <form
                className="stack"
                aria-label={own.press}
                onSubmit={(event) => {
                  event.preventDefault();
                  if (save.isPending || check.isPending) return;
                  const { fingerprint } = report;
                  whenSaved(save.mutateAsync({ ...bodyFor(file), reason, fingerprint }), () =>
                    tell(own.imported),
                  );
                }}
              >
                {report.needsReason && (
                  <TextField
                    label={t.reason}
                    hint={t.reasonHint}
                    maxLength={1000}
                    value={reason}
                    error={fieldError(save.error, '/reason', texts)}
                    onChange={setReason}
                  />
                )}
                {save.error && (
                  <ErrorState error={save.error} title={own.notImported}>
                    {fieldError(save.error, '/reason', texts)}
                    {rowErrors(save.error, texts)}
                  </ErrorState>
                )}
                <p className="btns">
                  <Button type="submit" aria-disabled={save.isPending}>
                    {save.isPending ? t.importing : own.press}
                  </Button>
                  {save.error && (
                    <Button variant="secondary" onClick={again}>
                      {t.checkAgain}
                    </Button>
                  )}
                </p>
              </form>
            )}
          </>
        )
      )}
    </div>
  );
}

/** Takes the focus from the form that is gone when the import is done. */
function Imported({ children }: { children: string }) {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <span ref={ref} tabIndex={-1}>
      {children}
    </span>
  );
}

/** What is wrong with which rows, of an import that was refused for them. */
function rowErrors(error: unknown, texts: Texts): string {
  if (!(error instanceof Problem)) return '';
  const words: Record<string, string | undefined> = {
    ...texts.problems.codes,
    ...texts.problems.fields,
  };
  return error.errors
    .flatMap(({ pointer, code }) => {
      const line = /^\/lines\/(\d+)/.exec(pointer)?.[1];
      return line
        ? [`${texts.imports.line(Number(line))}: ${words[code] ?? words.invalid ?? ''}`]
        : [];
    })
    .join(' ');
}

/** A file as the API takes it. */
function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const { result } = reader; // data:…;base64,… of readAsDataURL
      resolve(typeof result === 'string' ? result.replace(/^[^,]*,/, '') : '');
    };
    reader.onerror = () => reject(reader.error ?? new Error(file.name));
    reader.readAsDataURL(file);
  });
}

function Counts({ report }: { report: Report }) {
  const t = useTexts().imports;
  return (
    <KeyValues
      items={(['new', 'changed', 'same', 'wrong'] as const).map((key) => ({
        name: t.counts[key],
        value: report[key],
      }))}
    />
  );
}

interface NamesProps {
  names: readonly Name[];
  choices: Readonly<Record<string, string>>;
  onChoose: (name: Name, id: string) => void;
  checking: boolean;
  onCheck: () => void;
}

/** What names mean that the service does not know, each chosen once for all rows. */
function Names({ names, choices, onChoose, checking, onCheck }: NamesProps) {
  const t = useTexts().imports;
  return (
    <Section title={t.names}>
      <p className="imp-text">{t.namesHint}</p>
      <ul className="imp-names">
        {names.map((name) => {
          const where = t.onLines(name.lines.join(', '), name.lines.length);
          const label = `${t.nameKinds[name.kind]}: ${name.name}`;
          return (
            <li key={nameKey(name)}>
              {name.near.length > 0 ? (
                <Select
                  label={label}
                  hint={where}
                  value={choices[nameKey(name)] ?? ''}
                  options={[
                    { value: '', label: t.notChosen },
                    ...name.near.map((near) => ({ value: near.id, label: near.label })),
                  ]}
                  onChange={(id) => onChoose(name, id)}
                />
              ) : (
                <>
                  <p>
                    <b>{label}</b>
                  </p>
                  <p className="meta">{where}</p>
                  <p className="imp-text">{t.noneNear}</p>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <p className="btns more">
        <Button variant="secondary" aria-disabled={checking} onClick={onCheck}>
          {t.checkAgain}
        </Button>
        <span className="meta">{t.chooseFirst}</span>
      </p>
    </Section>
  );
}

/** What is wrong, each where it stands in the file. */
function Wrong({ report }: { report: Report }) {
  const texts = useTexts();
  const t = texts.imports;
  const [shown, setShown] = useState(firstRows);
  const words: Record<string, string | undefined> = {
    ...texts.problems.codes,
    ...texts.problems.fields,
  };
  const errors = report.rows.flatMap((row) =>
    row.errors.map((error, at) => ({ ...error, at, line: row.line })),
  );
  return (
    <Section title={t.wrongRows(report.wrong)}>
      <p className="imp-text">{t.fix}</p>
      <DataTable
        caption={t.wrongRows(report.wrong)}
        columns={[
          {
            key: 'place',
            header: t.place,
            kind: 'name',
            render: ({ cell, line }) => cell ?? t.line(line),
          },
          { key: 'column', header: t.column, render: ({ heading }) => heading ?? t.wholeRow },
          { key: 'value', header: t.value, render: ({ value }) => value || '–' },
          {
            key: 'what',
            header: t.what,
            render: ({ code }) => words[code] ?? texts.problems.fields.invalid,
          },
        ]}
        groups={[{ key: 'all', rows: errors.slice(0, shown) }]}
        rowKey={({ line, at }) => `${line} ${at}`}
      />
      <LoadMore
        shown={Math.min(shown, errors.length)}
        total={errors.length > shown ? errors.length : undefined}
        hasMore={errors.length > shown}
        onMore={() => setShown(shown + firstRows)}
      />
    </Section>
  );
}

/** What each row changes: the stored value beside that of the file. */
function Changes({ kind, rows }: { kind: Kind; rows: readonly Row[] }) {
  const t = useTexts().imports;
  const own = t.kinds[kind];
  const lang = useLang();
  const [shown, setShown] = useState(firstRows);
  return (
    <>
      <DataTable
        caption={own.changes}
        columns={[
          { key: 'line', header: t.place, render: ({ line }) => t.line(line) },
          {
            key: 'item',
            header: own.item,
            kind: 'name',
            render: ({ no, title, state }) => {
              const name = localised(title, lang).value;
              if (state === 'new' && !no) return `${t.newItem}: ${name}`;
              return no && (kind === 'action' || kind === 'goal') ? (
                <Link
                  to={kind === 'action' ? '/$lang/actions/$no' : '/$lang/goals/$no'}
                  params={{ lang, no: String(no) }}
                >
                  {no} {name}
                </Link>
              ) : (
                name
              );
            },
          },
          {
            key: 'changes',
            header: t.changed,
            render: ({ state, fields }) => (
              <ul className="imp-fields">
                {fields.map(({ key, heading, old, new: now }) => (
                  <li key={key}>
                    <b>{heading}</b>{' '}
                    {state === 'changed' && (
                      <>
                        <span className="meta">{t.was}</span> <del>{old || t.empty}</del>{' '}
                        <span className="meta">{t.becomes}</span>{' '}
                      </>
                    )}
                    <ins>{now || t.empty}</ins>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
        groups={[{ key: 'all', rows: rows.slice(0, shown) }]}
        rowKey={({ line }) => line}
      />
      <LoadMore
        shown={Math.min(shown, rows.length)}
        total={rows.length > shown ? rows.length : undefined}
        hasMore={rows.length > shown}
        onMore={() => setShown(shown + firstRows)}
      />
    </>
  );
}
