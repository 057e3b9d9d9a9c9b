import { PathLink } from '../../content/PathLink';
import { T, useTexts } from '../../i18n';
import { ConditionSign } from '../../ui/Condition';
import type { ChainAction } from './types';

/** Actions with their condition in shape and word. */
export function ActionList({ actions, none }: { actions: readonly ChainAction[]; none: string }) {
  const { ui } = useTexts();
  if (actions.length === 0) return <span className="meta">{none}</span>;
  return (
    <ul className="al">
      {actions.map(({ no, title, condition }) => (
        <li key={no}>
          <ConditionSign value={condition} />
          <span>
            <PathLink className="q" path={`/actions/${no}`}>
              {no} <T text={title} />
            </PathLink>{' '}
            <span className="meta">{ui.conditions[condition].toLowerCase()}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
