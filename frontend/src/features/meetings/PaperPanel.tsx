import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import { useLang, useTexts, type Texts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDateTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { TextArea } from '../../ui/forms/fields';
import { Who } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { Insiders } from '../../ui/Visibility';
import { Amendments } from './Amendments';
import { PaperComments } from './PaperComments';
import { paperCommentsQuery, paperQuery, useReturnPaper, type Paper } from './papers';
import type { AgendaItem, Meeting } from './queries';

interface PaperPanelProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  paper: Paper;
  past: boolean;
}

/** The memo or minutes as a document, what is still missing in it, and what was said of it. */
export function PaperPanel({ meeting, items, paper, past }: PaperPanelProps) {
  const {
    papers: t,
    content: { insiders },
  } = useTexts();
  const lang = useLang();
  const look = usePartyLooks(lang);
  const asOf = useAsOf();
  const inside = paper.version === 'internal' && meeting.status !== 'draft';
  const comments = useQuery({
    ...paperCommentsQuery(meeting.id, asOf),
    enabled: inside && meeting.closedAt !== undefined,
    retry: false,
  });
  const files = `/api/v1/meetings/${meeting.id}/paper`;
  const preparing = paper.permissions.includes('paper.answer');
  const missing = missingWords(paper, t);
  return (
    <section className="pap" aria-label={t.title}>
      <PaperLinks meeting={meeting} version={paper.version} pdf={paper.pdf} />
      {preparing && missing.length > 0 && (
        <details>
          <summary>{missing.join('. ')}</summary>
          <MissingTexts paper={paper} />
        </details>
      )}
      {paper.approvals
        .filter(({ outdated }) => outdated)
        .map(({ post, role }) => (
          <p key={`${post.id} ${role}`} className="note soon">
            {t.outdated(localised(post.title, lang).value)}
          </p>
        ))}
      {paper.returns.length > 0 && (
        <Insiders
          what={insiders.paperComments}
          only={meeting.publishedAt ? undefined : insiders.paperReaders}
        >
          {paper.returns.map((given) => (
            <div key={given.returnedAt} className={given.outdated ? 'said' : 'said note soon'}>
              <Who party={look(given.post.partyId)}>
                <PostLink post={given.post} />{' '}
                <span className="meta">
                  {t.returns.by(formatDateTime(given.returnedAt, lang))}
                  {given.outdated && `, ${t.returns.over}`}
                </span>
              </Who>
              <p lang={given.lang}>{given.reason}</p>
            </div>
          ))}
        </Insiders>
      )}
      {!past && paper.permissions.includes('paper.return') && (
        <ReturnForm meeting={meeting} paper={paper} />
      )}
      {comments.data && (
        <PaperComments meeting={meeting} items={items} comments={comments.data} past={past} />
      )}
      {(meeting.approvedAt !== undefined || paper.amendments.length > 0) && (
        <Amendments meeting={meeting} items={items} paper={paper} past={past} />
      )}
      {paper.frozenAt && (
        <p className="meta">
          {t.frozen(formatDateTime(paper.frozenAt, lang))}. {t.hash}{' '}
          <a href={`${files}/content?version=${paper.version}`}>
            <code>{paper.hash}</code>
          </a>
        </p>
      )}
    </section>
  );
}

/**
 * What the page says of the paper while the meeting goes on: it changes with every word, so that
 * it is made when somebody asks for it, not whenever the page opens.
 */
export function PaperInTheMaking({ meeting, past }: { meeting: Meeting; past: boolean }) {
  const texts = useTexts();
  const t = texts.papers;
  const [open, setOpen] = useState(false);
  const writes = !past && meeting.permissions.includes('meeting.record');
  const query = useQuery({
    ...paperQuery(meeting.id, useAsOf()),
    enabled: open && writes,
    staleTime: 0,
  });
  return (
    <section className="pap" aria-label={t.title}>
      <PaperLinks meeting={meeting} version="internal" />
      {writes && (
        <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t.missing}</summary>
          {open && (
            <Loaded query={query} loading={t.missingLoading}>
              {(paper) => {
                const missing = missingWords(paper, t);
                return (
                  <>
                    <p className="meta">
                      {missing.length === 0 ? t.missingNone : `${missing.join('. ')}.`}
                    </p>
                    <MissingTexts paper={paper} />
                  </>
                );
              }}
            </Loaded>
          )}
        </details>
      )}
    </section>
  );
}

interface PaperLinksProps {
  meeting: Meeting;
  version: Paper['version'];
  /** Whether the server makes PDF files; not said: it is not asked about. */
  pdf?: boolean;
}

function PaperLinks({ meeting, version, pdf }: PaperLinksProps) {
  const t = useTexts().papers;
  const lang = useLang();
  const asOf = useAsOf();
  const query = new URLSearchParams({ lang, version, ...(asOf ? { asOf } : {}) });
  const files = `/api/v1/meetings/${meeting.id}/paper`;
  return (
    <p className="pap-l">
      <a href={`/${lang}/meetings/${meeting.id}/paper${asOf ? `?asOf=${asOf}` : ''}`}>{t.open}</a>
      <a href={`${files}/docx?${query.toString()}`}>{t.docx}</a>
      {pdf && <a href={`${files}/pdf?${query.toString()}`}>{t.pdf}</a>}
      {pdf === false && <span className="meta">{t.noPdf}</span>}
    </p>
  );
}

/** How many texts lack a language, in words; nothing if none does. */
function missingWords({ missing }: Paper, t: Texts['papers']): string[] {
  return [
    ...(missing.sv.length > 0 ? [t.missingSv(missing.sv.length)] : []),
    ...(missing.fi.length > 0 ? [t.missingFi(missing.fi.length)] : []),
  ];
}

function MissingTexts({ paper }: { paper: Paper }) {
  const t = useTexts().papers;
  return (
    <ul className="meta">
      {[...paper.missing.sv, ...paper.missing.fi].map((place) => (
        <li key={`${place.agendaItemId} ${place.part} ${place.outcomeId ?? ''}`}>
          {t.item(place.label ?? String(place.agendaNo))}, {t.parts[place.part]}
        </li>
      ))}
    </ul>
  );
}

/** Gives the paper back instead of approving it. */
function ReturnForm({ meeting, paper }: { meeting: Meeting; paper: Paper }) {
  const texts = useTexts();
  const t = texts.papers.returns;
  const lang = useLang();
  const tell = useToast();
  const give = useReturnPaper(meeting.id);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const wrong = fieldError(give.error, '/reason', texts);
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (give.isPending) return;
    whenSaved(give.mutateAsync({ paper: paper.hash, reason, lang }), () => {
      tell(t.done);
      setReason('');
      setOpen(false);
    });
  };
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.give}</summary>
      <form onSubmit={send}>
        <TextArea
          label={t.reason}
          value={reason}
          onChange={setReason}
          error={wrong}
          maxLength={1000}
        />
        {give.error !== null && !wrong && <ErrorState error={give.error} title={t.failed} />}
        <p className="btns">
          <Button type="submit" small aria-disabled={give.isPending}>
            {t.send}
          </Button>
        </p>
      </form>
    </details>
  );
}
