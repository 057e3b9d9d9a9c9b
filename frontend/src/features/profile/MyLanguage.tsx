import { useMe } from '../../api/me';
import { useTexts } from '../../i18n';
import { whenSaved } from '../../lib/whenSaved';
import { Select } from '../../ui/filters';
import { Section } from '../../ui/layout';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useSpeak } from './queries';

const langs = ['fi', 'sv', 'en'] as const;

/** The language in which the reader is written to. */
export function MyLanguage() {
  const texts = useTexts();
  const t = texts.profile;
  const tell = useToast();
  const language = useMe().data?.language ?? 'fi';
  const { mutateAsync, error } = useSpeak();
  return (
    <Section title={t.messages}>
      <p className="prose">{t.messagesHelp}</p>
      <Select
        label={t.language}
        value={language}
        options={langs.map((value) => ({ value, label: t.languages[value] }))}
        onChange={(value) => whenSaved(mutateAsync(value), () => tell(t.languageSaved))}
      />
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
    </Section>
  );
}
