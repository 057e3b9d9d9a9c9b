import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { Problem } from '../../lib/problem';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Section } from '../../ui/layout';
import { ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { mySessionsQuery, useEndOtherSessions, useEndSession, type MySession } from './queries';

/** Where the reader is signed in; ends it elsewhere. This one is ended by signing out. */
export function MySessions() {
  const texts = useTexts();
  const t = texts.profile.sessions;
  const lang = useLang();
  const tell = useToast();
  const box = useRef<HTMLDivElement>(null);
  const query = useQuery(mySessionsQuery);
  const one = useEndSession();
  const others = useEndOtherSessions();
  const busy = one.isPending || others.isPending;
  const done = (words: string) => {
    tell(words);
    box.current?.focus(); // the button that was pressed goes with its row
  };
  const end = (id: string) => {
    if (busy) return;
    others.reset();
    whenSaved(one.mutateAsync(id), () => done(t.ended));
  };
  const endOthers = () => {
    if (busy) return;
    one.reset();
    whenSaved(others.mutateAsync(), () => done(t.othersEnded));
  };
  const device = ({ browser, system }: MySession) => t.on(t.browsers[browser], t.systems[system]);
  const error = one.error ?? others.error;
  const gone = error instanceof Problem && error.status === 404;
  return (
    <Section title={t.title}>
      <p className="prose">{t.help}</p>
      <Loaded query={query}>
        {(sessions) => (
          <div className="stack" ref={box} tabIndex={-1}>
            <DataTable<MySession>
              caption={t.caption}
              columns={[
                {
                  key: 'device',
                  header: t.device,
                  kind: 'name',
                  render: (session) => (
                    <>
                      <span>{device(session)}</span>
                      {session.current && <strong className="df">{t.current}</strong>}
                    </>
                  ),
                },
                {
                  key: 'began',
                  header: t.began,
                  render: ({ beganAt }) => formatDateTime(beganAt, lang),
                },
                {
                  key: 'used',
                  header: t.used,
                  render: ({ usedAt }) => formatDateTime(usedAt, lang),
                },
                {
                  key: 'end',
                  header: t.end,
                  hiddenHeader: true,
                  render: (session) =>
                    !session.current && (
                      <Button
                        small
                        variant="secondary"
                        aria-disabled={busy}
                        aria-label={t.endOf(device(session), formatDateTime(session.beganAt, lang))}
                        onClick={() => end(session.id)}
                      >
                        {t.end}
                      </Button>
                    ),
                },
              ]}
              groups={[{ key: 'all', rows: sessions }]}
              rowKey={({ id }) => id}
            />
            {sessions.some(({ current }) => !current) ? (
              <p className="acts">
                <Button variant="secondary" small aria-disabled={busy} onClick={endOthers}>
                  {t.endOthers}
                </Button>
              </p>
            ) : (
              <p className="meta">{t.alone}</p>
            )}
          </div>
        )}
      </Loaded>
      {gone ? (
        <p role="status">{t.gone}</p>
      ) : (
        error && <ErrorState error={error} title={texts.problems.saveTitle} />
      )}
    </Section>
  );
}
