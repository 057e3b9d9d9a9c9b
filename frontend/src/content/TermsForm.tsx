import { useEffect, useRef } from 'react';
import { usePartyLooks } from '../api/parties';
import type { PostRef } from '../api/posts';
import {
  useChangeTerms,
  usePropose,
  type ResponsibilityItem,
  type Subject,
  type Terms,
} from '../api/responsibilities';
import { useLang, useTexts } from '../i18n';
import { complete, noText } from '../lib/text';
import { Select } from '../ui/filters';
import { DateField } from '../ui/forms/fields';
import { EditForm } from '../ui/forms/EditForm';
import { LocalisedField } from '../ui/forms/LocalisedField';
import { useToast } from '../ui/Toast';
import { describeTerms, latestTerms, type NamedTerms } from './agreements';
import { ChangedBy } from './ChangedBy';
import { PostPicker } from './PostPicker';

const parts = ['lead', 'shared', 'support', 'informed'] as const;

type Body = Omit<NamedTerms, 'wording'> & { wording: typeof noText };

const bodyOf = (item: ResponsibilityItem): Body => {
  const terms = latestTerms(item);
  return { ...terms, wording: complete(terms.wording) };
};

/** What a request says. A post that nobody chose is refused by the server, beside its field. */
function inputOf({ post, part, wording, validFrom, validTo }: Body): Terms {
  return {
    postId: post?.id ?? '00000000-0000-0000-0000-000000000000',
    part,
    wording,
    ...(validFrom && { validFrom }),
    ...(validTo && { validTo }),
  };
}

interface TermsFormProps {
  subject: Subject;
  /** Spoken name of the form. */
  label: string;
  /** Left out to propose a new one. */
  item?: ResponsibilityItem;
  /** Who is proposed at first. */
  post?: PostRef;
  onClose: () => void;
  onSaved?: () => void;
}

/** Proposes other terms for a responsibility, or a new one, to the parties that it concerns. */
export function TermsForm({ subject, label, item, post, onClose, onSaved }: TermsFormProps) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const tell = useToast();
  const propose = usePropose();
  const change = useChangeTerms(item?.id ?? '');
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    frame.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div className="upd rsp-form" ref={frame}>
      <p className="meta">{t.proposalHint}</p>
      <EditForm<Body, ResponsibilityItem>
        label={label}
        initial={
          item
            ? bodyOf(item)
            : { post: post ?? null, part: 'shared', wording: noText, validFrom: '', validTo: '' }
        }
        version={item?.version}
        save={(body, version) =>
          item
            ? change.mutateAsync({ body: inputOf(body), version })
            : propose.mutateAsync({
                subjectKind: subject.kind,
                subjectId: subject.id,
                ...inputOf(body),
              })
        }
        onSaved={(saved) => {
          const asked = (saved.waiting?.acceptances ?? [])
            .filter(({ answer }) => answer !== 'accepted')
            .map(({ partyId }) => look(partyId).name);
          tell(asked.length > 0 ? t.proposed(asked.join(', ')) : t.inForceAtOnce);
          onClose();
          onSaved?.();
        }}
        onCancel={onClose}
        current={(resource) => {
          const saved = resource as ResponsibilityItem;
          return { body: bodyOf(saved), version: saved.version };
        }}
        savedBy={(changed) => <ChangedBy changed={changed} />}
        describe={(body) => describeTerms(body, texts, lang)}
      >
        {({ body, set, error, errors }) => (
          <>
            <PostPicker
              label={t.post}
              value={body.post}
              onChange={(post) => set({ post })}
              error={error('/postId')}
            />
            <Select
              label={t.part}
              value={body.part}
              options={parts.map((part) => ({ value: part, label: texts.ui.parts[part].name }))}
              onChange={(part) => set({ part })}
              error={error('/part')}
            />
            <LocalisedField
              label={t.wording}
              value={body.wording}
              onChange={(wording) => set({ wording: complete(wording) })}
              errors={errors('/wording')}
              multiline
              maxLength={2000}
            />
            <div className="fields">
              <DateField
                label={t.validFrom}
                value={body.validFrom}
                onChange={(validFrom) => set({ validFrom })}
                error={error('/validFrom')}
                optional
              />
              <DateField
                label={t.validTo}
                value={body.validTo}
                onChange={(validTo) => set({ validTo })}
                error={error('/validTo')}
                optional
              />
            </div>
          </>
        )}
      </EditForm>
    </div>
  );
}
