import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { myMailQuery, type MailPreference } from '../../api/mail';
import { useTexts } from '../../i18n';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { CheckList } from '../../ui/forms/CheckList';
import { Section } from '../../ui/layout';
import { ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useChooseMail } from './queries';
import { isTopic, topics } from './topics';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** When and of what the reader wants the daily digest. */
export function MyDigest() {
  const t = useTexts().profile;
  const query = useQuery(myMailQuery);
  return (
    <Section title={t.digest.title} id="mail">
      <p className="prose">{t.digest.help}</p>
      <Loaded query={query}>{(preference) => <DigestForm preference={preference} />}</Loaded>
    </Section>
  );
}

function DigestForm({ preference }: { preference: MailPreference }) {
  const texts = useTexts();
  const t = texts.profile;
  const tell = useToast();
  const { mutateAsync, isPending, error } = useChooseMail();
  const [chosen, setChosen] = useState(preference);
  const wanted = topics.filter((topic) => !chosen.off.includes(topic));
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isPending) return;
    whenSaved(mutateAsync({ ...chosen, version: preference.version }), () => tell(t.digest.saved));
  };
  return (
    <form className="digest-form" onSubmit={save}>
      <label className="check">
        <input
          type="checkbox"
          checked={chosen.digest}
          onChange={({ target }) => setChosen({ ...chosen, digest: target.checked })}
        />
        <span>{t.digest.wanted}</span>
      </label>
      {chosen.digest && (
        <>
          <Select
            label={t.digest.hour}
            hint={t.digest.hourHint}
            value={String(chosen.hour)}
            options={hours.map((hour) => ({ value: String(hour), label: t.digest.clock(hour) }))}
            onChange={(hour) => setChosen({ ...chosen, hour: Number(hour) })}
          />
          <CheckList
            legend={t.digest.topics}
            options={topics.map((id) => ({ id, label: t.topics[id] }))}
            value={wanted}
            onChange={(ids) => {
              const on = ids.filter(isTopic);
              setChosen({ ...chosen, off: topics.filter((topic) => !on.includes(topic)) });
            }}
          />
        </>
      )}
      <p className="acts">
        <Button type="submit" variant="secondary" small aria-disabled={isPending}>
          {t.digest.save}
        </Button>
      </p>
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
    </form>
  );
}
