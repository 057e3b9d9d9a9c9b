import { useState } from 'react';
import { useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { AnchorButton, Button } from '../../ui/Button';
import { KeyValues, Note, Section } from '../../ui/layout';
import { ErrorState } from '../../ui/states';
import { hashOfSnapshot, snapshotAddress, type Round, type RoundSnapshot } from './queries';

interface SnapshotProps {
  round: Round;
  snapshot: RoundSnapshot;
}

/**
 * What the round was frozen as: its hash, its files, and a check by the reader's own browser, which
 * need not trust the server's word for the hash.
 */
export function Snapshot({ round, snapshot }: SnapshotProps) {
  const t = useTexts().rounds.snapshot;
  const lang = useLang();
  const [check, setCheck] = useState<'busy' | { hash: string } | { error: unknown }>();
  const { audience, sha256 } = snapshot;
  const verify = async () => {
    if (check === 'busy') return;
    setCheck('busy');
    try {
      setCheck({ hash: await hashOfSnapshot(round.id, audience) });
    } catch (error) {
      setCheck({ error });
    }
  };
  return (
    <Section title={t.title} id="snapshot">
      <p className="prose">
        {t.text} {t.audience[audience]}
      </p>
      {!snapshot.intact && <Note tone="late">{t.broken}</Note>}
      <KeyValues
        items={[
          { name: t.frozenAt, value: formatDateTime(snapshot.frozenAt, lang) },
          { name: t.hash, value: <code className="hash">{sha256}</code> },
          { name: t.size, value: t.bytes(snapshot.bytes) },
        ]}
      />
      <div className="btns">
        <AnchorButton
          variant="secondary"
          small
          download
          href={snapshotAddress(round.id, 'json', { audience })}
        >
          {t.json}
        </AnchorButton>
        {audience === 'staff' && (
          <AnchorButton
            variant="secondary"
            small
            download
            href={snapshotAddress(round.id, 'json', { audience: 'public' })}
          >
            {t.publicJson}
          </AnchorButton>
        )}
        <AnchorButton
          variant="secondary"
          small
          download
          href={snapshotAddress(round.id, 'csv', { audience, lang })}
        >
          {t.csv}
        </AnchorButton>
        <Button
          variant="secondary"
          small
          aria-disabled={check === 'busy'}
          onClick={() => void verify()}
        >
          {t.verify}
        </Button>
      </div>
      <div role="status">
        {check === 'busy' && <p className="meta">{t.verifying}</p>}
        {typeof check === 'object' && 'hash' in check && (
          <Note tone={check.hash === sha256 ? undefined : 'late'}>
            {check.hash === sha256 ? t.matches : t.differs(check.hash)}
          </Note>
        )}
      </div>
      {typeof check === 'object' && 'error' in check && <ErrorState error={check.error} />}
    </Section>
  );
}
