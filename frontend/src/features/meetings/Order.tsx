import { Button, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import { useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { Icon } from '../../ui/Icon';
import { ErrorState } from '../../ui/states';
import { placeBeside, shiftOf, type Place } from './ordering';
import { useMoveItem, type AgendaItem, type Meeting } from './queries';
import { itemNo } from './words';

interface OrderProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
}

/**
 * The agenda to put in order: dragged with the mouse, a finger or the keyboard (Enter on the handle,
 * arrows, Enter), or by buttons. An item takes its sub-items along.
 */
export function Order({ meeting, items }: OrderProps) {
  const texts = useTexts();
  const t = texts.meetings.agenda;
  const lang = useLang();
  const moving = useMoveItem(meeting.id);
  const name = (item: AgendaItem) => localised(item.title, lang).value;
  const move = (id: string, to: Place | undefined) => {
    if (to && !moving.isPending) moving.mutate({ id, ...to });
  };
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map((key) => {
        const item = items.find(({ id }) => id === key);
        return { 'text/plain': item ? name(item) : '' };
      }),
    onReorder: ({ keys, target }) => {
      const [id] = [...keys].map(String);
      if (id !== undefined && target.dropPosition !== 'on') {
        move(id, placeBeside(items, id, String(target.key), target.dropPosition));
      }
    },
  });
  const moved = moving.data?.items.find(({ id }) => id === moving.variables.id);
  return (
    <>
      <p className="vh" role="status">
        {moved && t.placed(`${itemNo(moved)} ${name(moved)}`.trim())}
      </p>
      {moving.error !== null && (
        <ErrorState error={moving.error} title={texts.problems.saveTitle} />
      )}
      <GridList aria-label={t.order} items={items} dragAndDropHooks={dragAndDropHooks}>
        {(item) => {
          const title = name(item);
          return (
            <GridListItem
              id={item.id}
              textValue={title}
              className={[
                'ag-oi',
                item.parentId ? 'sub' : '',
                item.kind === 'heading' ? 'head' : '',
              ]
                .filter(Boolean)
                .join(' ')}
            >
              <Button slot="drag" className="ib" aria-label={texts.agenda.drag(title)}>
                <span aria-hidden="true">⠿</span>
              </Button>
              <span className="ag-on">
                {itemNo(item)} {title}
              </span>
              {(['up', 'down', 'in', 'out'] as const).map((way) => {
                const to = shiftOf(items, item.id, way);
                if (!to && (way === 'in' || way === 'out')) return null;
                const label = {
                  up: t.up(title),
                  down: t.down(title),
                  in: texts.agenda.indent(title),
                  out: texts.agenda.outdent(title),
                }[way];
                return (
                  <Button
                    key={way}
                    className="ib"
                    aria-label={label}
                    isDisabled={!to}
                    onPress={() => move(item.id, to)}
                  >
                    {way === 'up' || way === 'down' ? (
                      <Icon name={way} />
                    ) : (
                      <span aria-hidden="true">{way === 'in' ? '→' : '←'}</span>
                    )}
                  </Button>
                );
              })}
            </GridListItem>
          );
        }}
      </GridList>
    </>
  );
}
