import type { Texts } from './fi';
import { first } from './en.first';
import { access } from './en/access';
import { actionTable } from './en/actionTable';
import { imports } from './en/imports';
import { agenda } from './en/agenda';
import { between } from './en/between';
import { board } from './en/board';
import { bulk } from './en/bulk';
import { calendars } from './en/calendars';
import { chains } from './en/chains';
import { components } from './en/components';
import { decisionFeeds } from './en/decisionFeeds';
import { dependencies } from './en/dependencies';
import { drafts } from './en/drafts';
import { following } from './en/following';
import { forums } from './en/forums';
import { freshness } from './en/freshness';
import { forumImport } from './en/forumImport';
import { forumYear } from './en/forumYear';
import { handovers } from './en/handovers';
import { jobs } from './en/jobs';
import { log } from './en/log';
import { mails } from './en/mails';
import { mailTexts } from './en/mailTexts';
import { matrix } from './en/matrix';
import { meetings } from './en/meetings';
import { organisation } from './en/organisation';
import { conditionHelp } from './en/conditionHelp';
import { myWork } from './en/myWork';
import { papers } from './en/papers';
import { plan } from './en/plan';
import { profile } from './en/profile';
import { radar } from './en/radar';
import { rounds } from './en/rounds';
import { savedViews } from './en/savedViews';
import { together } from './en/together';
import { timeline } from './en/timeline';
import { tokens } from './en/tokens';

export const en: Texts = {
  ...first,
  access,
  actionTable,
  imports,
  agenda,
  between,
  board,
  bulk,
  calendars,
  chains,
  components,
  conditionHelp,
  decisionFeeds,
  dependencies,
  drafts,
  following,
  forums,
  freshness,
  forumImport,
  forumYear,
  handovers,
  jobs,
  log,
  mails,
  mailTexts,
  matrix,
  meetings,
  papers,
  myWork,
  organisation,
  plan,
  profile,
  radar,
  rounds,
  savedViews,
  together,
  timeline,
  tokens,
};
