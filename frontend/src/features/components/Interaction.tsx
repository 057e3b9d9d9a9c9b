import { useCallback, useState } from 'react';
import { T, useLang, useTexts } from '../../i18n';
import { Problem } from '../../lib/problem';
import type { LocalisedText } from '../../lib/text';
import { Acceptance } from '../../ui/Acceptance';
import { Button } from '../../ui/Button';
import { Condition, type ConditionValue } from '../../ui/Condition';
import { DataTable } from '../../ui/DataTable';
import { FilterBar, SearchField, Select } from '../../ui/filters';
import { ComboBox, type ComboOption } from '../../ui/forms/ComboBox';
import { ConflictPanel } from '../../ui/forms/ConflictPanel';
import { DateField, TextArea, TextField } from '../../ui/forms/fields';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Modal } from '../../ui/forms/Modal';
import { SuggestField } from '../../ui/forms/SuggestField';
import { Icon } from '../../ui/Icon';
import { Breadcrumb, DateText, KeyValues, Note, Section } from '../../ui/layout';
import { PartyMark, Who } from '../../ui/PartyMark';
import { Segments } from '../../ui/Segments';
import { EmptyState, ErrorState, LoadingLines, LoadMore } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { Trend } from '../../ui/Trend';
import { Sample } from './Sample';
import { useParties } from './samples';

/** What people act with: controls, table, filters, update, conflict, states, parts of a page. */
export function Interaction() {
  return (
    <>
      <Controls />
      <Fields />
      <TableSample />
      <TrendSample />
      <Filters />
      <Update />
      <Conflict />
      <States />
      <PageParts />
    </>
  );
}

function Controls() {
  const texts = useTexts();
  const t = texts.components.controls;
  const tell = useToast();
  const [view, setView] = useState<'list' | 'matrix'>('list');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  return (
    <Sample title={t.title} note={t.note}>
      <div className="btns">
        <Button>{texts.ui.save}</Button>
        <Button variant="secondary">{texts.ui.cancel}</Button>
        <Button variant="quiet">{t.add}</Button>
        <Button variant="secondary" className="is-focus">
          {texts.components.colours.focus}
        </Button>
        <Button variant="secondary" disabled>
          {t.disabled}
        </Button>
        <Button variant="danger">{t.cancelAction}</Button>
      </div>
      <p className="below">
        <a href="#main">{t.link}</a> ·{' '}
        <a className="q" href="#main">
          {t.quiet}
        </a>
      </p>
      <div className="below btns">
        <Segments
          label={t.pick}
          hiddenLabel
          options={[
            { value: 'list', label: t.list },
            { value: 'matrix', label: t.matrix },
          ]}
          value={view}
          onChange={setView}
        />
        <Button variant="secondary" onClick={() => setAsking(true)}>
          {t.modal}
        </Button>
        <Button variant="secondary" onClick={() => tell(t.toastText)}>
          {t.toast}
        </Button>
      </div>
      <Modal
        title={t.modalTitle}
        open={asking}
        onEscape={reason === '' ? () => setAsking(false) : undefined}
        actions={
          <>
            <Button variant="danger" onClick={() => setAsking(false)}>
              {t.cancelAction}
            </Button>
            <Button variant="secondary" onClick={() => setAsking(false)}>
              {t.keep}
            </Button>
          </>
        }
      >
        <p className="below-s">{t.modalText}</p>
        <TextField label={t.modalReason} value={reason} onChange={setReason} />
      </Modal>
    </Sample>
  );
}

function Fields() {
  const texts = useTexts();
  const t = texts.components.controls;
  const table = texts.components.table;
  const { espoo, luvn } = useParties();
  const [name, setName] = useState(t.nameValue);
  const [summary, setSummary] = useState('');
  const [due, setDue] = useState('2027-01-29');
  const [wrong, setWrong] = useState('31.2.2027');
  const [title, setTitle] = useState<LocalisedText>({ fi: t.titleFi, sv: t.titleSv });
  const [post, setPost] = useState<ComboOption | null>(null);
  const [ground, setGround] = useState('');
  const [search, setSearch] = useState('');
  const onSearch = useCallback((text: string) => setSearch(text), []);
  const posts: ComboOption[] = [
    { id: 'e', label: table.espooPost, detail: espoo.name, sign: <PartyMark party={espoo} /> },
    { id: 'l', label: table.luvnPost, detail: luvn.name, sign: <PartyMark party={luvn} /> },
  ].filter(({ label }) => label.toLowerCase().includes(search.toLowerCase()));
  return (
    <Sample title={texts.components.fields.title} note={texts.components.fields.note}>
      <div className="g3">
        <DateField label={t.due} value={due} onChange={setDue} />
        <DateField
          label={t.due}
          value={wrong}
          onChange={setWrong}
          error={
            wrong === '31.2.2027'
              ? texts.ui.dateOverflow(`${texts.ui.monthsIn[1] ?? ''} 2027`, 28)
              : undefined
          }
        />
        <TextField label={t.name} value={name} onChange={setName} maxLength={120} />
        <TextField label={t.name} value="" onChange={setName} error={t.required} />
        <ComboBox
          label={t.lead}
          value={post}
          onChange={setPost}
          options={posts}
          onSearch={onSearch}
        />
        <SuggestField
          label={texts.content.ground}
          value={ground}
          onChange={setGround}
          suggestions={[{ id: '20', value: texts.components.visibility.ground }]}
        />
        <TextArea
          label={t.summary}
          hint={t.summaryHint}
          value={summary}
          onChange={setSummary}
          optional
          maxLength={280}
          rows={2}
        />
      </div>
      <div className="below">
        <LocalisedField label={t.localised} value={title} onChange={setTitle} />
      </div>
    </Sample>
  );
}

function TrendSample() {
  const t = useTexts().components.trend;
  const { espoo, luvn } = useParties();
  return (
    <Sample title={t.title} note={t.note}>
      <Trend
        labels={['1/2026', '2/2026', '3/2026']}
        lines={[
          { party: espoo, values: [5, 4, 4] },
          { party: luvn, values: [5, 3, 6] },
        ]}
      />
    </Sample>
  );
}

interface Row {
  no: number;
  title: string;
  first: boolean;
  due: string;
  condition: ConditionValue;
}

function TableSample() {
  const t = useTexts().components.table;
  const { espoo, luvn } = useParties();
  const facts: Omit<Row, 'title'>[] = [
    { no: 8, first: true, due: '2026-12-18', condition: 'due_soon' },
    { no: 9, first: false, due: '2026-11-13', condition: 'late' },
    { no: 10, first: false, due: '2027-12-31', condition: 'on_time' },
  ];
  const rows = facts.map((row, index): Row => ({ ...row, title: t.titles[index] ?? '' }));
  return (
    <Sample title={t.title} note={t.note}>
      <DataTable
        caption={t.caption}
        columns={[
          { key: 'no', header: t.no, kind: 'number', render: ({ no }) => no },
          {
            key: 'action',
            header: t.action,
            kind: 'name',
            render: ({ title }) => (
              <a className="q" href="#main">
                {title}
              </a>
            ),
          },
          {
            key: 'lead',
            header: t.lead,
            render: ({ first }) => (
              <Who party={first ? espoo : luvn}>{first ? t.espooPost : t.luvnPost}</Who>
            ),
          },
          {
            key: 'due',
            header: t.due,
            kind: 'figure',
            render: ({ due }) => <DateText date={due} />,
          },
          {
            key: 'condition',
            header: t.condition,
            render: ({ condition }) => <Condition value={condition} />,
          },
        ]}
        groups={[
          {
            key: 'goal',
            heading: (
              <>
                {t.group}
                <span className="meta">{t.groupNote}</span>
              </>
            ),
            rows,
          },
        ]}
        rowKey={({ no }) => no}
        selected={({ no }) => no === 9}
      />
      <LoadMore shown={3} total={43} hasMore onMore={() => undefined} />
    </Sample>
  );
}

function Filters() {
  const texts = useTexts();
  const t = texts.components.filter;
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ConditionValue[]>(['late', 'stale']);
  const name = (value: ConditionValue) => texts.ui.conditions[value];
  return (
    <Sample title={t.title} note={t.note}>
      <FilterBar
        result={texts.ui.results(3)}
        tags={chosen.map((value) => ({
          key: value,
          label: name(value),
          onRemove: () => setChosen(chosen.filter((other) => other !== value)),
        }))}
        onClear={() => setChosen([])}
      >
        <SearchField label={t.search} value={search} onSearch={setSearch} />
        <Select
          small
          label={t.theme}
          value="all"
          options={[{ value: 'all', label: t.allThemes }]}
          onChange={() => undefined}
        />
        <Select
          small
          label={t.condition}
          value=""
          options={[
            { value: '', label: t.chosen(chosen.length) },
            { value: 'late', label: name('late') },
            { value: 'stale', label: name('stale') },
            { value: 'due_soon', label: name('due_soon') },
          ]}
          onChange={(value) => {
            if (value !== '' && !chosen.includes(value)) setChosen([...chosen, value]);
          }}
        />
      </FilterBar>
    </Sample>
  );
}

function Update() {
  const t = useTexts().components.update;
  const [status, setStatus] = useState('in_progress');
  const [what, setWhat] = useState(t.value);
  const nothing = () => undefined;
  return (
    <Sample title={t.title} note={t.note}>
      <InlineUpdateForm
        label={t.label}
        takeFocus={false}
        onSave={nothing}
        onStillTrue={nothing}
        onCancel={nothing}
        aside={
          <span className="vis">
            <Icon name="eye" size={14} />
            {t.public}
          </span>
        }
      >
        <Segments
          label={t.status}
          small
          options={[
            { value: 'not_started', label: t.notStarted },
            { value: 'in_progress', label: t.inProgress },
            { value: 'paused', label: t.paused },
            { value: 'done', label: t.done },
          ]}
          value={status}
          onChange={setStatus}
        />
        <TextField label={t.what} value={what} onChange={setWhat} maxLength={280} />
      </InlineUpdateForm>
    </Sample>
  );
}

function Conflict() {
  const texts = useTexts();
  const t = texts.components.conflict;
  const { espoo } = useParties();
  const nothing = () => undefined;
  return (
    <Sample title={t.title} note={t.note}>
      <ConflictPanel
        takeFocus={false}
        fields={[{ key: 'summary', label: t.field, yours: t.yours, saved: t.saved }]}
        savedBy={
          <Who party={espoo}>
            {texts.components.table.espooPost}, {t.at}
          </Who>
        }
        onTakeMine={nothing}
        onKeepSaved={nothing}
        onByHand={nothing}
      />
    </Sample>
  );
}

function States() {
  const texts = useTexts();
  const t = texts.components.states;
  const error = new Problem({
    status: 503,
    code: 'unavailable',
    title: 'Service Unavailable',
    instance: '7f3a-91c2',
  });
  return (
    <Sample title={t.title}>
      <div className="three">
        <EmptyState
          text={t.empty}
          actions={
            <Button variant="secondary" small>
              {texts.ui.removeFilters}
            </Button>
          }
        />
        <LoadingLines text={t.loading} />
        <ErrorState error={error} onRetry={() => undefined}>
          {t.error}
        </ErrorState>
      </div>
    </Sample>
  );
}

function PageParts() {
  const texts = useTexts();
  const t = texts.components.page;
  const table = texts.components.table;
  const { espoo, luvn } = useParties();
  const here = { to: '/$lang/components', params: { lang: useLang() } } as const;
  return (
    <Sample title={t.title} note={t.note}>
      <Breadcrumb
        items={[
          { label: t.home, link: here },
          { label: texts.components.title, link: here },
        ]}
      />
      <div className="below pair">
        <Section level={3} title={t.section} aside={<a href="#main">{t.all}</a>}>
          <ul className="hl">
            <li>
              <Acceptance
                slots={[
                  { party: espoo, state: 'open' },
                  { party: luvn, state: 'accepted' },
                ]}
                openDays={60}
              />
              <br />
              <a className="q" href="#main">
                {t.item}
              </a>
            </li>
            <li>
              <Note tone="late">{t.remark}</Note>
            </li>
          </ul>
        </Section>
        <Section level={3} title={t.facts}>
          <KeyValues
            items={[
              { name: table.lead, value: <Who party={espoo}>{table.espooPost}</Who> },
              { name: table.due, value: <DateText date="2026-11-13" weekday /> },
              { name: table.condition, value: <Condition value="late" /> },
            ]}
          />
          <p className="meta below">
            {t.otherLang} <T text={t.onlyFinnish} />
          </p>
        </Section>
      </div>
    </Sample>
  );
}
