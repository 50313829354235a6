/** One request to an OpenAI-compatible endpoint: what came back, or what kind of failure it was. */
import type OpenAI from 'openai';
import { APIError } from 'openai';
import type { JudgeDefinition } from '../../../shared/judge/judge-definition.ts';
import type { ChatMessage } from '../../../shared/judge/judge-prompt.ts';
import { describeApiError, type EndpointAccess, endpointClient, failureOf } from './endpoint-client.ts';
import { isFiltered, type SaidError } from './endpoint-failure.ts';
import { type EndpointReply, endpointReply, refusalReply } from './endpoint-reply.ts';
import { completionOfEvents, isEventStream } from './event-stream.ts';
import { firstForm, nextForm, type RequestForm, requestBody } from './request-body.ts';

export interface JudgeQuestion {
  readonly messages: readonly ChatMessage[];
  readonly sample: number;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/** Asks one endpoint. */
export class Endpoint {
  readonly #client: OpenAI;
  readonly #judge: JudgeDefinition;
  #form: RequestForm;

  constructor(access: EndpointAccess) {
    this.#judge = access.judge;
    this.#form = firstForm(access.judge);
    this.#client = endpointClient(access);
  }

  /** In which form the endpoint has been asked last, where that is not what the judge asks for. */
  get form(): RequestForm {
    return this.#form;
  }

  /** Throws an {@link EndpointFailure}, or a ServiceError `cancelled` where the signal said so. */
  async ask(question: JudgeQuestion): Promise<EndpointReply> {
    for (;;) {
      const form = this.#form;
      try {
        return await this.#askIn(form, question);
      } catch (error) {
        const refusal = refusalOf(error);
        const next = refusal === null ? null : nextForm(this.#judge, form, refusal);
        if (next === null) throw failureOf(error, this.#judge.endpoint);
        // Another request may have changed it meanwhile.
        if (this.#form === form) this.#form = next;
      }
    }
  }

  async #askIn(
    form: RequestForm,
    { messages, sample, idempotencyKey, signal }: JudgeQuestion,
  ): Promise<EndpointReply> {
    try {
      const response = await this.#client.chat.completions
        .create(requestBody(this.#judge, messages, sample, form), {
          headers: { 'Idempotency-Key': idempotencyKey },
          signal,
        })
        .asResponse();
      const text = await response.text();
      const data = isEventStream(response.headers.get('content-type'), text)
        ? completionOfEvents(text)
        : JSON.parse(text);
      return endpointReply(data, response.headers.get('x-request-id'), this.#judge.endpoint);
    } catch (error) {
      if (error instanceof APIError && typeof error.status === 'number') {
        const said = describeApiError(error, error.status);
        if (isFiltered(error.status, said)) return refusalReply(said.message);
      }
      throw error;
    }
  }
}

/** Statuses with which servers refuse the form of a request. */
const FORM_REFUSED: ReadonlySet<number> = new Set([400, 404, 415, 422, 500, 501]);

function refusalOf(error: unknown): SaidError | null {
  return error instanceof APIError && FORM_REFUSED.has(error.status ?? 0)
    ? describeApiError(error, error.status ?? 0)
    : null;
}
