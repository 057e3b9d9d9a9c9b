import { useNavigate } from '@tanstack/react-router';
import { useMe, useMay } from '../../api/me';
import { useLang, useTexts } from '../../i18n';
import { Breadcrumb } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { ForumForm } from './ForumForm';

/** A new forum, for those who may create one. */
export function NewForumPage() {
  const t = useTexts().forums;
  const lang = useLang();
  const navigate = useNavigate();
  const toast = useToast();
  const me = useMe();
  const may = useMay('forum.create');
  return (
    <>
      <PageHead
        title={t.create}
        above={
          <Breadcrumb
            items={[{ label: t.title, link: { to: '/$lang/forums', params: { lang } } }]}
          />
        }
      />
      <Loaded query={me}>
        {() =>
          may ? (
            <ForumForm
              onSaved={({ id }) => {
                toast(t.created);
                void navigate({ to: '/$lang/forums/$id', params: { lang, id } });
              }}
              onCancel={() => void navigate({ to: '/$lang/forums', params: { lang } })}
            />
          ) : (
            <EmptyState title={t.createForbidden} />
          )
        }
      </Loaded>
    </>
  );
}
