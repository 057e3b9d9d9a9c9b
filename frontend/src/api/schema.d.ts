type Json<T> = { headers: Record<string, unknown>; content: { 'application/json': T } };
type NoParameters = { query?: never; header?: never; path?: never; cookie?: never };
export interface paths {
  '/me': {
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: { 200: Json<components['schemas']['Me']> };
    };
  };
  '/me/post': {
    post: {
      parameters: NoParameters;
      requestBody: { content: { 'application/json': { postId: string } } };
      responses: { 200: Json<components['schemas']['Me']> };
    };
  };
  '/parties': {
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: { 200: Json<{ items: components['schemas']['Party'][] }> };
    };
  };
}
export interface components {
  schemas: {
    Me: {
      signedIn: boolean;
      now: string;
      name?: string;
      partyId?: string;
      post?: components['schemas']['MyPost'];
      posts: components['schemas']['MyPost'][];
      permissions: string[];
      issuers: components['schemas']['SignInOption'][];
    };
    MyPost: {
      id: string;
      title: components['schemas']['Text'];
      partyId: string;
      unit: components['schemas']['Text'];
      deputy: boolean;
    };
    SignInOption: {
      key: string;
      partyKey: string;
      title: components['schemas']['Text'];
      signInUrl: string;
    };
    Party: {
      id: string;
      key: string;
      name: components['schemas']['Text'];
      shortName: components['schemas']['Text'];
      principal: boolean;
    };
    Text: { fi: string; sv: string; en: string };
  };
}
