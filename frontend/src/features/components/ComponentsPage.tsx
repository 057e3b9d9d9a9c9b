import { useTexts } from '../../i18n';
import { PageHead } from '../../ui/Page';
import './components.css';
import { Foundations } from './Foundations';
import { Interaction } from './Interaction';
import { Vocabulary } from './Vocabulary';

/** The visual language: every part of the site, in its states, on one page. */
export function ComponentsPage() {
  const t = useTexts().components;
  return (
    <div className="pg-language">
      <PageHead title={t.title} lead={t.lead} />
      <Foundations />
      <Vocabulary />
      <Interaction />
    </div>
  );
}
