import { useNavigate } from '@tanstack/react-router';
import { useLang, useTexts } from '../../i18n';
import { Breadcrumb } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { useToast } from '../../ui/Toast';
import { GoalForm } from './GoalForm';
import { useCreateGoal } from './queries';

/** A new goal. */
export function NewGoalPage() {
  const t = useTexts().goals;
  const lang = useLang();
  const navigate = useNavigate();
  const toast = useToast();
  const create = useCreateGoal();
  return (
    <>
      <PageHead
        title={t.create}
        above={
          <Breadcrumb
            items={[{ label: t.title, link: { to: '/$lang/goals', params: { lang } } }]}
          />
        }
      />
      <GoalForm
        save={(body) => create.mutateAsync(body)}
        onSaved={(goal) => {
          toast(t.saved(goal.no));
          void navigate({ to: '/$lang/goals/$no', params: { lang, no: String(goal.no) } });
        }}
        onCancel={() => void navigate({ to: '/$lang/goals', params: { lang } })}
      />
    </>
  );
}
