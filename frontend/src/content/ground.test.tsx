import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { useState } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import type { SecrecyGround } from '../api/grounds';
import { renderUI } from '../test/render';
import { server } from '../test/server';
import { GroundMark } from './GroundMark';
import { VisibilityField } from './VisibilityField';

const ground = (no: string, fi: string, sv: string): SecrecyGround => {
  const citation = {
    fi: `JulkL 24 § 1 mom. ${no} k`,
    sv: `OffL 24 § 1 mom. ${no} p.`,
    en: `Openness Act, section 24(1)(${no})`,
  };
  return {
    key: `openness-24-1-${no}`,
    citation,
    matter: { fi, sv, en: fi },
    ground: {
      fi: `${citation.fi}: ${fi}`,
      sv: `${citation.sv}: ${sv}`,
      en: `${citation.en}: ${fi}`,
    },
  };
};

beforeEach(() => {
  server.use(
    http.get('*/api/v1/secrecy-grounds', () =>
      HttpResponse.json({
        items: [
          ground('20', 'yksityinen liikesalaisuus', 'en enskilds företagshemlighet'),
          ground('25', 'sosiaalihuollon asiakkuus', 'klientskap inom socialvården'),
        ],
      }),
    ),
  );
});

/** The field of something internal, in a form that is sent by a button or Enter. */
function Form({ onSend, first = '' }: { onSend: (ground: string) => void; first?: string }) {
  const [value, setValue] = useState(first);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend(value);
      }}
    >
      <VisibilityField
        visibility="internal"
        ground={value}
        onChange={(part) => setValue(part.visibilityGround ?? '')}
        error={() => undefined}
      />
      <button type="submit">Tallenna</button>
    </form>
  );
}

const field = () => screen.findByRole('combobox', { name: 'Peruste' });

it('finds a ground by its words and takes it by the keyboard alone', async () => {
  const send = vi.fn();
  renderUI(<Form onSend={send} />);
  await userEvent.type(await field(), 'asiakk');
  expect(await screen.findByRole('option')).toHaveAccessibleName('sosiaalihuollon asiakkuus');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(await field()).toHaveValue('JulkL 24 § 1 mom. 25 k: sosiaalihuollon asiakkuus');
  expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
  await userEvent.keyboard('{Enter}');
  expect(send).toHaveBeenCalledExactlyOnceWith('JulkL 24 § 1 mom. 25 k: sosiaalihuollon asiakkuus');
});

it('finds a ground by its section, and shows all of them by a press', async () => {
  renderUI(<Form onSend={vi.fn()} />);
  await userEvent.type(await field(), '20 k');
  expect(await screen.findByRole('option')).toHaveAccessibleName('yksityinen liikesalaisuus');
  await userEvent.clear(await field());
  await userEvent.keyboard('{Escape}{ArrowDown}');
  expect(screen.getAllByRole('option')).toHaveLength(2);
});

it('opens the whole list over words of one’s own, and tells an offered ground in the page’s language', async () => {
  const { unmount } = renderUI(<Form onSend={vi.fn()} first="Valmistelu kesken" />);
  (await field()).focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(await screen.findAllByRole('option')).toHaveLength(2);
  unmount();
  const swedish = 'OffL 24 § 1 mom. 20 p.: en enskilds företagshemlighet';
  renderUI(<Form onSend={vi.fn()} first={swedish} />);
  await waitFor(async () =>
    expect(await field()).toHaveValue('JulkL 24 § 1 mom. 20 k: yksityinen liikesalaisuus'),
  );
});

it('keeps words of one’s own as they are typed', async () => {
  const send = vi.fn();
  renderUI(<Form onSend={send} />);
  await userEvent.type(await field(), 'Asia on keskeneräinen');
  await userEvent.tab();
  expect(await field()).toHaveValue('Asia on keskeneräinen');
  await userEvent.click(screen.getByRole('button', { name: 'Tallenna' }));
  expect(send).toHaveBeenCalledWith('Asia on keskeneräinen');
});

it.each([
  ['JulkL 24 § 1 mom. 25 k: sosiaalihuollon asiakkuus', 'OffL 24 § 1 mom. 25 p.: klientskap'],
  ['JulkL 24 § 1 mom. 25 k', 'OffL 24 § 1 mom. 25 p.'],
  ['Asia on keskeneräinen', 'Asia on keskeneräinen'],
])('tells a Swedish reader the ground %s', async (written, read) => {
  renderUI(<GroundMark ground={written} />, 'sv');
  expect(
    await screen.findByText(new RegExp(`Intern · ${read.replace(/[.]/g, '\\.')}`)),
  ).toBeVisible();
});
