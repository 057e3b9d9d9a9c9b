import type { Texts } from './fi';
import { first } from './sv.first';
import { access } from './sv/access';
import { actionTable } from './sv/actionTable';
import { imports } from './sv/imports';
import { agenda } from './sv/agenda';
import { between } from './sv/between';
import { board } from './sv/board';
import { bulk } from './sv/bulk';
import { calendars } from './sv/calendars';
import { chains } from './sv/chains';
import { components } from './sv/components';
import { decisionFeeds } from './sv/decisionFeeds';
import { dependencies } from './sv/dependencies';
import { drafts } from './sv/drafts';
import { following } from './sv/following';
import { forums } from './sv/forums';
import { freshness } from './sv/freshness';
import { forumImport } from './sv/forumImport';
import { forumYear } from './sv/forumYear';
import { handovers } from './sv/handovers';
import { jobs } from './sv/jobs';
import { log } from './sv/log';
import { mails } from './sv/mails';
import { mailTexts } from './sv/mailTexts';
import { matrix } from './sv/matrix';
import { meetings } from './sv/meetings';
import { organisation } from './sv/organisation';
import { conditionHelp } from './sv/conditionHelp';
import { myWork } from './sv/myWork';
import { papers } from './sv/papers';
import { plan } from './sv/plan';
import { profile } from './sv/profile';
import { radar } from './sv/radar';
import { rounds } from './sv/rounds';
import { savedViews } from './sv/savedViews';
import { together } from './sv/together';
import { timeline } from './sv/timeline';
import { tokens } from './sv/tokens';

export const sv: Texts = {
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
