import { useTexts } from '../i18n';
import { Segments } from '../ui/Segments';
import { GroundField } from './GroundField';

export type VisibilityValue = 'public' | 'internal';

interface VisibilityFieldProps {
  visibility: VisibilityValue;
  ground: string;
  onChange: (part: { visibility?: VisibilityValue; visibilityGround?: string }) => void;
  error: (pointer: string) => string | undefined;
}

/** Who may read it; what is internal names its ground. */
export function VisibilityField({ visibility, ground, onChange, error }: VisibilityFieldProps) {
  const t = useTexts().content;
  return (
    <div className="rows">
      <Segments
        label={t.visibility}
        value={visibility}
        options={[
          { value: 'public', label: t.public },
          { value: 'internal', label: t.internal },
        ]}
        onChange={(chosen) => onChange({ visibility: chosen })}
      />
      {visibility === 'internal' && (
        <GroundField
          value={ground}
          onChange={(visibilityGround) => onChange({ visibilityGround })}
          error={error('/visibilityGround')}
        />
      )}
    </div>
  );
}
