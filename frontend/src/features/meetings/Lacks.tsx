import { usePartyLooks } from '../../api/parties';
import { useLang, useTexts } from '../../i18n';
import type { Meeting } from './queries';

interface LacksProps {
  lacking: Meeting['lacking'] | undefined;
  /** What can be done about it where this stands. */
  mend: string;
}

/** Says plainly that nobody is asked to approve as the chair or for a party; else nothing. */
export function Lacks({ lacking, mend }: LacksProps) {
  const t = useTexts().meetings.inspection;
  const look = usePartyLooks(useLang());
  const parties = lacking?.inspectorPartyIds ?? [];
  if (!lacking || (!lacking.chair && parties.length === 0)) return null;
  return (
    <p className="note late" role="status">
      {lacking.chair && `${t.lacksChair} `}
      {parties.length > 0 && `${t.lacksInspector(parties.map((id) => look(id).name).join(', '))} `}
      {mend}
    </p>
  );
}
