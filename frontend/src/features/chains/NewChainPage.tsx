import { useNavigate } from '@tanstack/react-router';
import { useLang, useTexts } from '../../i18n';
import { Breadcrumb } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { useToast } from '../../ui/Toast';
import { ChainForm } from './ChainForm';
import { useCreateChain } from './queries';

/** A new service chain. */
export function NewChainPage() {
  const t = useTexts().chains;
  const lang = useLang();
  const navigate = useNavigate();
  const toast = useToast();
  const create = useCreateChain();
  return (
    <>
      <PageHead
        title={t.create}
        above={
          <Breadcrumb
            items={[{ label: t.title, link: { to: '/$lang/chains', params: { lang } } }]}
          />
        }
      />
      <ChainForm
        save={(body, _, key) => create.mutateAsync({ ...body, key })}
        onSaved={({ id }) => {
          toast(t.saved);
          void navigate({ to: '/$lang/chains/$id', params: { lang, id } });
        }}
        onCancel={() => void navigate({ to: '/$lang/chains', params: { lang } })}
      />
    </>
  );
}
