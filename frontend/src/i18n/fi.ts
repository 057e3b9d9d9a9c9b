import { first } from './fi.first';
import { access } from './fi/access';
import { actionTable } from './fi/actionTable';
import { imports } from './fi/imports';
import { agenda } from './fi/agenda';
import { between } from './fi/between';
import { board } from './fi/board';
import { bulk } from './fi/bulk';
import { calendars } from './fi/calendars';
import { chains } from './fi/chains';
import { components } from './fi/components';
import { decisionFeeds } from './fi/decisionFeeds';
import { dependencies } from './fi/dependencies';
import { drafts } from './fi/drafts';
import { following } from './fi/following';
import { forums } from './fi/forums';
import { freshness } from './fi/freshness';
import { forumImport } from './fi/forumImport';
import { forumYear } from './fi/forumYear';
import { handovers } from './fi/handovers';
import { jobs } from './fi/jobs';
import { log } from './fi/log';
import { mails } from './fi/mails';
import { mailTexts } from './fi/mailTexts';
import { matrix } from './fi/matrix';
import { meetings } from './fi/meetings';
import { organisation } from './fi/organisation';
import { conditionHelp } from './fi/conditionHelp';
import { myWork } from './fi/myWork';
import { papers } from './fi/papers';
import { plan } from './fi/plan';
import { profile } from './fi/profile';
import { radar } from './fi/radar';
import { rounds } from './fi/rounds';
import { savedViews } from './fi/savedViews';
import { together } from './fi/together';
import { timeline } from './fi/timeline';
import { tokens } from './fi/tokens';

/** All texts in Finnish. This is the type that the other languages must have. */
export const fi = {
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

export type Texts = typeof fi;
