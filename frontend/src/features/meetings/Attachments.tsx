import { useId, useRef, useState } from 'react';
import { useGroundIn } from '../../api/grounds';
import { GroundField } from '../../content/GroundField';
import { GroundMark } from '../../content/GroundMark';
import { T, useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/forms/fields';
import { FileField } from '../../ui/forms/FileField';
import { Icon } from '../../ui/Icon';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { Insiders } from '../../ui/Visibility';
import { useAttach, useRemoveAttachment, useReplaceFile, type Attachment } from './agendaQueries';
import type { AgendaItem } from './queries';

const accepted = '.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.png,.jpg,.jpeg,.txt,.csv';

/** An item's links and attachments to read, and for its secretary to add to. */
export function Documents({ item, edit }: { item: AgendaItem; edit?: boolean }) {
  const t = useTexts().agenda.documents;
  const heading = useId();
  if (item.links.length === 0 && item.attachments.length === 0 && !edit) return null;
  return (
    <section className="docs" aria-labelledby={heading}>
      <h3 id={heading}>{t.title}</h3>
      <ul>
        {item.links.map((link) => (
          <li key={link.url}>
            <a href={link.url} rel="noreferrer">
              <T text={link.title} />
            </a>
          </li>
        ))}
        {item.attachments.map((attachment) => (
          <li key={attachment.id}>
            <Document attachment={attachment} edit={edit} />
          </li>
        ))}
      </ul>
      {edit && <Add item={item} />}
    </section>
  );
}

const address = (id: string, no: number) => `/api/v1/attachments/${id}/content?file=${no}`;

function size(bytes: number, lang: string): string {
  const number = (value: number) =>
    new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value);
  return bytes < 1_000_000 ? `${number(bytes / 1000)} kB` : `${number(bytes / 1_000_000)} MB`;
}

function Document({ attachment, edit }: { attachment: Attachment; edit?: boolean }) {
  const texts = useTexts();
  const t = texts.agenda.documents;
  const lang = useLang();
  const groundIn = useGroundIn();
  const [removing, setRemoving] = useState(false);
  const { insiders } = useTexts().content;
  const file = attachment.files.at(-1);
  if (attachment.hidden) {
    return (
      <span className="vis">
        <Icon name="lock" size={14} />
        {t.hidden(groundIn(attachment.visibilityGround) ?? '')}
      </span>
    );
  }
  if (attachment.removedAt) {
    return (
      <Insiders what={insiders.removedAttachment}>
        <span className="meta">
          <s>
            <T text={attachment.title} />
          </s>{' '}
          {t.removed(formatDateTime(attachment.removedAt, lang), attachment.removedReason ?? '')}
        </span>
      </Insiders>
    );
  }
  if (!file) return null;
  const title = localised(attachment.title, lang).value;
  return (
    <>
      <a href={address(attachment.id, file.no)} download={file.name}>
        <T text={attachment.title} />
      </a>{' '}
      <span className="meta">
        {[file.name.split('.').at(-1)?.toUpperCase(), size(file.size, lang)].join(', ')}
        {attachment.files.slice(0, -1).map((old) => (
          <span key={old.no}>
            {' · '}
            <a href={address(attachment.id, old.no)} download={old.name}>
              {t.earlier(formatDateTime(old.uploadedAt, lang))}
            </a>
          </span>
        ))}
      </span>
      {attachment.visibility === 'internal' && <GroundMark ground={attachment.visibilityGround} />}
      {edit && (
        <>
          <Replace attachment={attachment} title={title} />
          <Button
            variant="quiet"
            small
            aria-label={`${t.remove}: ${title}`}
            aria-expanded={removing}
            onClick={() => setRemoving(!removing)}
          >
            {t.remove}
          </Button>
          {removing && <Remove attachment={attachment} />}
        </>
      )}
    </>
  );
}

function Replace({ attachment, title }: { attachment: Attachment; title: string }) {
  const texts = useTexts();
  const t = texts.agenda.documents;
  const replace = useReplaceFile(attachment);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept={accepted}
        onChange={({ target }) => {
          const chosen = target.files?.[0];
          if (chosen && !replace.isPending) replace.mutate(chosen);
          target.value = '';
        }}
      />
      <Button
        variant="quiet"
        small
        aria-label={`${t.replace}: ${title}`}
        aria-disabled={replace.isPending}
        onClick={() => input.current?.click()}
      >
        {t.replace}
      </Button>
      {replace.error !== null && <Refused error={replace.error} />}
    </>
  );
}

function Remove({ attachment }: { attachment: Attachment }) {
  const texts = useTexts();
  const t = texts.agenda.documents;
  const remove = useRemoveAttachment(attachment);
  const [reason, setReason] = useState('');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!remove.isPending) remove.mutate(reason);
      }}
    >
      <TextField
        label={t.removeReason}
        value={reason}
        onChange={setReason}
        error={fieldError(remove.error, '/reason', texts)}
      />
      {remove.error !== null && (
        <ErrorState error={remove.error} title={texts.problems.saveTitle} />
      )}
      <Button type="submit" variant="danger" small aria-disabled={remove.isPending}>
        {t.remove}
      </Button>
    </form>
  );
}

function Add({ item }: { item: AgendaItem }) {
  const texts = useTexts();
  const t = texts.agenda.documents;
  const attach = useAttach(item.id);
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [ground, setGround] = useState(item.visibilityGround ?? '');
  const [internal, setInternal] = useState(item.visibility === 'internal');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!file || attach.isPending) return;
        whenSaved(
          attach.mutateAsync({
            file,
            visibility: internal ? 'internal' : 'public',
            ground: internal ? ground : '',
          }),
          () => {
            setFile(null);
            if (input.current) input.current.value = '';
          },
        );
      }}
    >
      <FileField
        ref={input}
        label={t.add}
        accept={accepted}
        chosen={file?.name}
        onChoose={setFile}
      />
      <p className="meta">{t.kinds}</p>
      {file && (
        <>
          <label className="check">
            <input
              type="checkbox"
              checked={internal}
              onChange={({ target }) => setInternal(target.checked)}
            />
            <span>{t.internal}</span>
          </label>
          {internal && (
            <GroundField
              value={ground}
              onChange={setGround}
              error={fieldError(attach.error, '/visibilityGround', texts)}
            />
          )}
          <Button type="submit" small variant="secondary" aria-disabled={attach.isPending}>
            {t.send}
          </Button>
        </>
      )}
      {attach.error !== null && <Refused error={attach.error} />}
    </form>
  );
}

/** Why a file was not saved: what is wrong with the file itself has no field to stand at. */
function Refused({ error }: { error: unknown }) {
  const texts = useTexts();
  const t = texts.agenda.documents;
  const wrong = fieldError(error, 'name', texts);
  if (wrong === undefined) return <ErrorState error={error} title={t.failed} />;
  return (
    <div className="bx err" role="alert">
      <p className="errt">
        <Icon name="error" />
        {t.failed}
      </p>
      <p>{wrong}</p>
    </div>
  );
}
