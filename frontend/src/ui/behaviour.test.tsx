import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type SyntheticEvent } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../lib/problem';
import type { LocalisedText } from '../lib/text';
import { renderUI } from '../test/render';
import { viewport } from '../test/viewport';
import { DataTable, type Column } from './DataTable';
import { FilterBar, SearchField } from './filters';
import { ComboBox, type ComboOption } from './forms/ComboBox';
import { ConflictPanel } from './forms/ConflictPanel';
import { DateField } from './forms/fields';
import { InlineUpdateForm } from './forms/InlineUpdateForm';
import { LocalisedField } from './forms/LocalisedField';
import { Segments } from './Segments';
import { Loaded } from './states';
import { ToastProvider, useToast } from './Toast';

describe('DateField', () => {
  function Form({ onValue }: { onValue: (value: string) => void }) {
    const [value, setValue] = useState('2027-01-29');
    return (
      <DateField
        label="Määräaika"
        value={value}
        onChange={(next) => {
          setValue(next);
          onValue(next);
        }}
      />
    );
  }

  it('shows d.m.yyyy and gives YYYY-MM-DD', async () => {
    const onValue = vi.fn();
    renderUI(<Form onValue={onValue} />);
    const field = screen.getByRole('textbox', { name: 'Määräaika' });
    expect(field).toHaveValue('29.1.2027');
    await userEvent.clear(field);
    await userEvent.type(field, '01.03.2027');
    expect(onValue).toHaveBeenLastCalledWith('2027-03-01');
    expect(field).toHaveValue('01.03.2027');
  });

  it('keeps a day that does not exist, and says why it does not', async () => {
    const onValue = vi.fn();
    renderUI(<Form onValue={onValue} />);
    const field = screen.getByRole('textbox', { name: 'Määräaika' });
    await userEvent.clear(field);
    await userEvent.type(field, '31.2.2027');
    await userEvent.tab();
    expect(onValue).toHaveBeenLastCalledWith('31.2.2027');
    expect(field).toHaveValue('31.2.2027');
    expect(screen.getByText('Helmikuussa 2027 on 28 päivää')).toBeVisible();
  });
});

it('LocalisedField says which languages are missing and changes one at a time', async () => {
  const onChange = vi.fn<(value: LocalisedText) => void>();
  renderUI(
    <LocalisedField label="Otsikko" value={{ fi: 'Tavoite', sv: 'Mål' }} onChange={onChange} />,
  );
  const group = screen.getByRole('group', { name: /Otsikko.*1 kieli puuttuu/ });
  await userEvent.type(within(group).getByLabelText('Englanniksi (puuttuu)'), 'G');
  expect(onChange).toHaveBeenCalledWith({ fi: 'Tavoite', sv: 'Mål', en: 'G' });
});

it('LocalisedField asks for the reader’s language alone where one is enough', async () => {
  function Form() {
    const [value, setValue] = useState<LocalisedText>({ fi: '', sv: '', en: '' });
    return <LocalisedField label="Kommentti" value={value} onChange={setValue} oneIsEnough />;
  }
  renderUI(<Form />);
  const others = screen.getByText('Muilla kielillä').closest('details');
  expect(others).not.toHaveAttribute('open');
  expect(
    within(screen.getByRole('group', { name: 'Kommentti' })).getByLabelText('Suomeksi'),
  ).not.toBe(null);
  await userEvent.click(screen.getByText('Muilla kielillä'));
  await userEvent.type(screen.getByLabelText('Ruotsiksi'), 'Bra');
  await userEvent.clear(screen.getByLabelText('Ruotsiksi'));
  expect(others, 'emptied while typing').toHaveAttribute('open');
});

it('ComboBox asks once typing stops, and gives the option that was chosen', async () => {
  const options: ComboOption[] = [
    { id: 'a', label: 'Varhaiskasvatuspäällikkö', detail: 'Espoo' },
    { id: 'b', label: 'Varahenkilö' },
  ];
  const onSearch = vi.fn();
  const onChange = vi.fn();
  renderUI(
    <ComboBox
      label="Vastaa"
      value={null}
      onChange={onChange}
      options={options}
      onSearch={onSearch}
    />,
  );
  await userEvent.type(screen.getByRole('combobox', { name: 'Vastaa' }), 'var');
  await vi.waitFor(() => expect(onSearch).toHaveBeenLastCalledWith('var'));
  await userEvent.click(await screen.findByRole('option', { name: /Varhaiskasvatuspäällikkö/ }));
  expect(onChange).toHaveBeenCalledWith(options[0]);
});

it('ComboBox offers to fast hands nothing but what fits what they typed', async () => {
  const options: ComboOption[] = [
    { id: 'a', label: 'Asiakasohjauksen päällikkö' },
    { id: 'b', label: 'Nuorisopalvelupäällikkö' },
  ];
  const onChange = vi.fn();
  renderUI(
    <ComboBox
      label="Vastaa"
      value={null}
      onChange={onChange}
      options={options}
      onSearch={vi.fn()}
      loading
    />,
  );
  await userEvent.type(screen.getByRole('combobox', { name: 'Vastaa' }), 'nuorisop');
  expect(screen.getAllByRole('option')).toHaveLength(1);
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onChange).toHaveBeenCalledWith(options[1]);
});

it('ComboBox keeps its list when the page scrolls under it', async () => {
  const onChange = vi.fn();
  const option = { id: 'b', label: 'Nuorisopalvelupäällikkö' };
  renderUI(
    <ComboBox
      label="Vastaa"
      value={null}
      onChange={onChange}
      options={[option]}
      onSearch={vi.fn()}
    />,
  );
  const field = screen.getByRole('combobox', { name: 'Vastaa' });
  await userEvent.type(field, 'nuor');
  await screen.findByRole('option');
  fireEvent.scroll(document);
  await userEvent.click(screen.getByRole('option', { name: option.label }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith(option);
});

it('ComboBox keeps what is typed without a choice, and says to choose', async () => {
  renderUI(
    <ComboBox label="Vastaa" value={null} onChange={vi.fn()} options={[]} onSearch={vi.fn()} />,
  );
  const field = screen.getByRole('combobox', { name: 'Vastaa' });
  await userEvent.type(field, 'nuor');
  expect(field).not.toHaveAttribute('aria-invalid');
  await userEvent.tab();
  expect(field).toHaveValue('nuor');
  expect(field).toHaveAccessibleDescription(/Valitse luettelosta/);
  await userEvent.clear(field);
  await userEvent.tab();
  expect(field).not.toHaveAttribute('aria-invalid');
});

it('ComboBox: a form is not sent without what is typed and not chosen', async () => {
  const send = vi.fn((event: SyntheticEvent) => event.preventDefault());
  renderUI(
    <form aria-label="Lomake" noValidate onSubmit={send}>
      <ComboBox label="Vastaa" value={null} onChange={vi.fn()} options={[]} onSearch={vi.fn()} />
      <button type="submit">Tallenna</button>
    </form>,
  );
  const field = screen.getByRole('combobox', { name: 'Vastaa' });
  await userEvent.type(field, 'nuor');
  // Beside the open list the rest of the page is hidden from screen readers, not from the mouse.
  await userEvent.click(screen.getByText('Tallenna'));
  expect(send).not.toHaveBeenCalled();
  expect(field).toHaveFocus();
  expect(field).toHaveAccessibleDescription(/Valitse luettelosta/);
  await userEvent.clear(field);
  await userEvent.click(screen.getByText('Tallenna'));
  expect(send).toHaveBeenCalledOnce();
});

it('ComboBox: what was chosen stays until another is chosen, also when it is renamed', async () => {
  const onChange = vi.fn();
  function Renamed() {
    const [label, setLabel] = useState('Nuorisopalvelupäällikkö');
    return (
      <>
        <ComboBox
          label="Vastaa"
          value={{ id: 'b', label }}
          onChange={onChange}
          options={[]}
          onSearch={vi.fn()}
        />
        <button type="button" onClick={() => setLabel('Chef för ungdomstjänster')}>
          SV
        </button>
      </>
    );
  }
  renderUI(<Renamed />);
  const field = screen.getByRole('combobox', { name: 'Vastaa' });
  for (const leave of ['{Escape}', '{Tab}']) {
    await userEvent.type(field, 'x');
    await userEvent.keyboard(leave);
    expect(field).toHaveValue('Nuorisopalvelupäällikkö');
  }
  await userEvent.click(screen.getByRole('button', { name: 'SV' }));
  expect(field).toHaveValue('Chef för ungdomstjänster');
  await userEvent.click(field);
  await userEvent.tab();
  expect(onChange).not.toHaveBeenCalled();
});

it('ComboBox: an emptied field means nobody', async () => {
  const onChange = vi.fn();
  const value = { id: 'b', label: 'Nuorisopalvelupäällikkö' };
  renderUI(
    <ComboBox
      label="Vastaa"
      value={value}
      onChange={onChange}
      options={[value]}
      onSearch={vi.fn()}
    />,
  );
  await userEvent.clear(screen.getByRole('combobox', { name: 'Vastaa' }));
  await userEvent.tab();
  expect(onChange).toHaveBeenCalledExactlyOnceWith(null);
});

it('Segments is a radio group', async () => {
  const onChange = vi.fn();
  renderUI(
    <Segments
      label="Tila"
      options={[
        { value: 'now', label: 'Käynnissä' },
        { value: 'done', label: 'Valmis' },
      ]}
      value="now"
      onChange={onChange}
    />,
  );
  expect(screen.getByRole('radio', { name: 'Käynnissä' })).toBeChecked();
  await userEvent.click(screen.getByRole('radio', { name: 'Valmis' }));
  expect(onChange).toHaveBeenCalledWith('done');
});

it('InlineUpdateForm takes the focus and gives it back; a failed write keeps the text', async () => {
  function Row() {
    const [open, setOpen] = useState(false);
    return open ? (
      <InlineUpdateForm
        label="Päivitä"
        onSave={() => undefined}
        onCancel={() => setOpen(false)}
        error={new Problem({ status: 503, code: 'unavailable', title: '', instance: 'r-1' })}
      >
        <label>
          Mitä on muuttunut? <input />
        </label>
      </InlineUpdateForm>
    ) : (
      <div>
        <button onClick={() => setOpen(true)}>Päivitä</button>
      </div>
    );
  }
  renderUI(<Row />);
  await userEvent.click(screen.getByRole('button', { name: 'Päivitä' }));
  const field = screen.getByRole('textbox', { name: 'Mitä on muuttunut?' });
  expect(field).toHaveFocus();
  await userEvent.keyboard('Lomake');
  await userEvent.click(screen.getByText('Tallenna'));
  expect(screen.getByRole('alert')).toHaveTextContent('Tunniste r-1');
  expect(field).toHaveValue('Lomake');
});

it('ConflictPanel shows both versions with the words that differ, and takes the focus', async () => {
  const onTakeMine = vi.fn();
  const onKeepSaved = vi.fn();
  renderUI(
    <ConflictPanel
      fields={[{ key: 'a', label: 'Kuvaus', yours: 'Ohje on valmis', saved: 'Ohje on kesken' }]}
      onTakeMine={onTakeMine}
      onKeepSaved={onKeepSaved}
      onByHand={() => undefined}
    />,
  );
  const panel = screen.getByRole('alertdialog', { name: 'Kaksi versiota' });
  expect(panel).toHaveFocus();
  expect(
    within(panel)
      .getAllByRole('insertion')
      .map((ins) => ins.textContent),
  ).toEqual(['valmis', 'kesken']);
  await userEvent.click(screen.getByRole('button', { name: 'Tallenna minun' }));
  await userEvent.click(screen.getByRole('button', { name: 'Pidä tallennettu' }));
  expect(onTakeMine).toHaveBeenCalledOnce();
  expect(onKeepSaved).toHaveBeenCalledOnce();
});

describe('filters', () => {
  it('are taken off one by one or all at once', async () => {
    const onRemove = vi.fn();
    const onClear = vi.fn();
    renderUI(
      <FilterBar
        result="3 tulosta"
        tags={[{ key: 'late', label: 'Myöhässä', onRemove }]}
        onClear={onClear}
      >
        <SearchField label="Hae" value="" onSearch={() => undefined} />
      </FilterBar>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Poista rajaus Myöhässä' }));
    await userEvent.click(screen.getByRole('button', { name: 'Poista rajaukset' }));
    expect(onRemove).toHaveBeenCalledOnce();
    expect(onClear).toHaveBeenCalledOnce();
  });

  it('search on Enter, once', async () => {
    const onSearch = vi.fn();
    renderUI(<SearchField label="Hae" value="" onSearch={onSearch} />);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Hae' }), ' neuvola {Enter}');
    expect(onSearch).toHaveBeenCalledExactlyOnceWith('neuvola');
  });
});

describe('DataTable', () => {
  interface Row {
    no: number;
    name: string;
  }
  const columns: Column<Row>[] = [
    { key: 'no', header: 'Nro', kind: 'number', render: ({ no }) => no },
    { key: 'name', header: 'Nimi', kind: 'name', render: ({ name }) => name },
    { key: 'due', header: 'Määräaika', render: () => '18.12.2026' },
  ];
  const table = (
    <DataTable
      caption="Toimenpiteet"
      columns={columns}
      groups={[{ key: 'g', heading: 'Tavoite 3', rows: [{ no: 8, name: 'Viestintä' }] }]}
      rowKey={({ no }) => no}
      expanded={({ no }) => (no === 8 ? 'avattu' : null)}
    />
  );

  it('is a table with a row header where there is room', () => {
    renderUI(table);
    expect(screen.getByRole('table', { name: 'Toimenpiteet' })).toBeVisible();
    expect(screen.getByRole('rowheader', { name: 'Viestintä' })).toBeVisible();
    expect(screen.getByRole('cell', { name: 'avattu' })).toBeVisible();
  });

  it('is a list where there is not', () => {
    viewport.narrow = true;
    renderUI(table);
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    const item = within(screen.getByRole('list', { name: 'Toimenpiteet' })).getByRole('listitem');
    expect(item).toHaveTextContent('8Viestintä');
    expect(within(item).getByText('Määräaika')).toBeVisible();
  });
});

describe('Loaded', () => {
  const refetch = vi.fn();
  const show = (query: { data?: string; error: unknown; isFetching: boolean }) =>
    renderUI(
      <Loaded query={{ data: undefined, ...query, refetch }} loading="Haetaan tavoitteita…">
        {(data) => <p>{data}</p>}
      </Loaded>,
    );
  const error = new Problem({ status: 503, code: 'unavailable', title: '' });

  it('says what is being fetched', () => {
    show({ error: null, isFetching: true });
    expect(screen.getByRole('status')).toHaveTextContent('Haetaan tavoitteita…');
  });

  it('offers to try again', async () => {
    show({ error, isFetching: false });
    await userEvent.click(screen.getByRole('button', { name: 'Yritä uudelleen' }));
    expect(refetch).toHaveBeenCalledOnce();
  });

  it('keeps what is shown when a later fetch goes on or fails', () => {
    show({ data: 'vanha', error: null, isFetching: true });
    expect(screen.getByText('vanha')).toBeVisible();
    expect(screen.getByRole('status')).toHaveTextContent('Haetaan uusinta tilannetta…');
  });

  it('says that a later fetch failed above what is shown', () => {
    show({ data: 'vanha', error, isFetching: false });
    expect(screen.getByText('vanha')).toBeVisible();
    expect(screen.getByRole('alert')).toBeVisible();
  });
});

it('a toast is told politely and can be closed', async () => {
  function Teller() {
    const tell = useToast();
    return <button onClick={() => tell('Tallennettu')}>Kerro</button>;
  }
  renderUI(
    <ToastProvider>
      <Teller />
    </ToastProvider>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Kerro' }));
  expect(screen.getByRole('status')).toHaveTextContent('Tallennettu');
  await userEvent.click(screen.getByRole('button', { name: 'Sulje' }));
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

it('a toast that offers something stays, and Alt+Z takes the offer', async () => {
  const taken: string[] = [];
  function Teller() {
    const tell = useToast();
    return (
      <button
        onClick={() =>
          tell('Vahvistettu', { label: 'Kumoa', onPress: () => taken.push('kumottu') })
        }
      >
        Kerro
      </button>
    );
  }
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    renderUI(
      <ToastProvider>
        <Teller />
      </ToastProvider>,
    );
    const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    await user.click(screen.getByRole('button', { name: 'Kerro' }));
    act(() => {
      vi.advanceTimersByTime(60_000);
    });
    expect(screen.getByRole('status')).toHaveTextContent('Vahvistettu');
    await user.keyboard('{Alt>}z{/Alt}');
    expect(taken).toEqual(['kumottu']);
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
  } finally {
    vi.useRealTimers();
  }
});

it('what a toast offers is not taken from a field, and goes when somebody else acts', async () => {
  const taken: string[] = [];
  function Teller() {
    const tell = useToast();
    return (
      <>
        <button
          onClick={() =>
            tell('Vahvistettu', { label: 'Kumoa', onPress: () => taken.push('kumottu') })
          }
        >
          Kerro
        </button>
        <textarea aria-label="Muistiinpano" />
      </>
    );
  }
  function Page() {
    const [actor, setActor] = useState('a');
    return (
      <ToastProvider actor={actor}>
        <Teller />
        <button onClick={() => setActor('b')}>Vaihda</button>
      </ToastProvider>
    );
  }
  renderUI(<Page />);
  await userEvent.click(screen.getByRole('button', { name: 'Kerro' }));
  await userEvent.click(screen.getByRole('textbox'));
  await userEvent.keyboard('{Alt>}z{/Alt}');
  expect(taken).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Vaihda' }));
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  await userEvent.keyboard('{Alt>}z{/Alt}');
  expect(taken).toEqual([]);
});
