import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyAddress } from '../../content/CopyAddress';
import { useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Note, Section } from '../../ui/layout';
import { ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { myCalendarQuery, useEndCalendar, useRenewCalendar } from './queries';

/** The reader's private calendar address: shown once, renewed or ended at will. */
export function MyCalendar() {
  const texts = useTexts();
  const t = texts.calendars;
  const lang = useLang();
  const tell = useToast();
  const query = useQuery(myCalendarQuery);
  const renew = useRenewCalendar();
  const end = useEndCalendar();
  const [address, setAddress] = useState<string>();
  const busy = renew.isPending || end.isPending;
  const make = () => {
    if (busy) return;
    whenSaved(renew.mutateAsync(), ({ url }) => {
      setAddress(url);
      tell(t.made);
    });
  };
  const stop = () => {
    if (busy) return;
    whenSaved(end.mutateAsync(), () => {
      setAddress(undefined);
      tell(t.ended);
    });
  };
  const error = renew.error ?? end.error;
  return (
    <Section title={t.mine}>
      <p className="prose">{t.mineHelp}</p>
      <Loaded query={query}>
        {({ active, madeAt }) => (
          <>
            {address && (
              <>
                <Note>{t.shownOnce}</Note>
                <CopyAddress label={t.mineAddress} address={address} />
              </>
            )}
            {active && madeAt && <p>{t.madeAt(formatDateTime(madeAt, lang))}</p>}
            <p className="acts">
              <Button variant="secondary" small aria-disabled={busy} onClick={make}>
                {active ? t.renew : t.make}
              </Button>{' '}
              {active && (
                <Button variant="secondary" small aria-disabled={busy} onClick={stop}>
                  {t.end}
                </Button>
              )}
            </p>
          </>
        )}
      </Loaded>
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
    </Section>
  );
}
