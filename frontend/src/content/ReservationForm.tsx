import { useQuery } from '@tanstack/react-query';
import {
  useMakeReservation,
  useWithdrawReservation,
  type ReservationInput,
  type ReservedSubject,
} from '../api/reservations';
import { subjectResponsibilitiesQuery } from '../api/responsibilities';
import { useLang, useTexts } from '../i18n';
import { ofNow } from '../lib/asOf';
import { complete, localised, noText } from '../lib/text';
import { Select } from '../ui/filters';
import { EditForm } from '../ui/forms/EditForm';
import { LocalisedField } from '../ui/forms/LocalisedField';
import { useToast } from '../ui/Toast';
import { VisibilityField } from './VisibilityField';

interface ReservationFormProps {
  subject: ReservedSubject;
  onClose: () => void;
}

/** A reservation of one's own party on the thing or on one of its responsibilities. */
export function ReservationForm({ subject, onClose }: ReservationFormProps) {
  const texts = useTexts();
  const t = texts.reservations;
  const lang = useLang();
  const tell = useToast();
  const make = useMakeReservation();
  const responsibilities = useQuery(subjectResponsibilitiesQuery(subject, ofNow)).data?.items ?? [];
  const { kind, id: thing } = subject;
  const itself = kind === 'goal' || kind === 'action' ? kind : null;
  const about = [
    ...(itself ? [{ value: thing, label: t.about[itself] }] : []),
    ...responsibilities.map(({ id, post, part }) => ({
      value: id,
      label: `${t.about.responsibility} ${localised(post.title, lang).value} (${texts.ui.parts[part].name.toLowerCase()})`,
    })),
  ];
  const initial: ReservationInput = {
    subjectKind: itself ?? 'responsibility',
    subjectId: itself ? thing : '',
    text: noText,
    visibility: 'public',
    visibilityGround: '',
  };
  return (
    <EditForm
      label={t.make}
      initial={initial}
      save={(body) =>
        make.mutateAsync({
          ...body,
          subjectId: body.subjectId || (about[0]?.value ?? ''),
          visibilityGround: body.visibility === 'internal' ? body.visibilityGround : '',
        })
      }
      onSaved={() => {
        tell(t.made);
        onClose();
      }}
      onCancel={onClose}
    >
      {({ body, set, error, errors }) => (
        <>
          <Select
            label={t.aboutWhat}
            value={body.subjectId || (about[0]?.value ?? '')}
            options={about}
            onChange={(subjectId) =>
              set({
                subjectId,
                subjectKind: itself && subjectId === thing ? itself : 'responsibility',
              })
            }
          />
          <LocalisedField
            multiline
            label={t.text}
            hint={t.textHint}
            value={body.text}
            onChange={(text) => set({ text: complete(text) })}
            errors={errors('/text')}
            maxLength={3000}
          />
          <VisibilityField
            visibility={body.visibility}
            ground={body.visibilityGround ?? ''}
            onChange={set}
            error={error}
          />
        </>
      )}
    </EditForm>
  );
}

interface WithdrawalFormProps {
  id: string;
  label: string;
  onClose: () => void;
}

/** Takes a reservation back with a reason; both stay readable. */
export function WithdrawalForm({ id, label, onClose }: WithdrawalFormProps) {
  const t = useTexts().reservations;
  const tell = useToast();
  const withdraw = useWithdrawReservation(id);
  return (
    <EditForm
      label={label}
      initial={{ reason: noText }}
      save={({ reason }) => withdraw.mutateAsync(reason)}
      onSaved={() => {
        tell(t.withdrawnNow);
        onClose();
      }}
      onCancel={onClose}
    >
      {({ body, set, errors }) => (
        <LocalisedField
          multiline
          label={t.reason}
          hint={t.reasonHint}
          value={body.reason}
          onChange={(reason) => set({ reason: complete(reason) })}
          errors={errors('/reason')}
          maxLength={1000}
        />
      )}
    </EditForm>
  );
}
