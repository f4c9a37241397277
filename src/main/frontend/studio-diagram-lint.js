// What can be said about a diagram while somebody draws; the server, which sees all, has the last word.
import { Linter } from "bpmnlint";
import StaticResolver from "bpmnlint/lib/resolver/static-resolver.js";
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";
import endEventRequired from "bpmnlint/rules/end-event-required.js";
import noDisconnected from "bpmnlint/rules/no-disconnected.js";
import noDuplicateSequenceFlows from "bpmnlint/rules/no-duplicate-sequence-flows.js";
import noOverlappingElements from "bpmnlint/rules/no-overlapping-elements.js";
import superfluousGateway from "bpmnlint/rules/superfluous-gateway.js";
import { say } from "./studio-core.js";

const rule = (look) => () => ({ check: (node, reporter) => look(node, (...values) => reporter.report(node.id, JSON.stringify(values))) });
const leaving = (node) => node.outgoing ?? [];
const given = (text) => typeof text === "string" && text.trim() !== "";

/** The server's own rules, by the same names and words, as far as one element shows them. */
function ownRules(known) {
  return {
    "dead-end": rule((node, report) => {
      const isEvents = is(node, "bpmn:SubProcess") && node.triggeredByEvent;
      if (is(node, "bpmn:FlowNode") && !is(node, "bpmn:EndEvent") && !isEvents && leaving(node).length === 0) {
        report();
      }
    }),
    "gateway-default": rule((node, report) => {
      if (isAny(node, ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway"]) && leaving(node).length > 1 && !node.default) {
        report();
      }
    }),
    "gateway-condition": rule((node, report) => {
      const from = is(node, "bpmn:SequenceFlow") ? node.sourceRef : null;
      const asks = from && isAny(from, ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway"]) && leaving(from).length > 1;
      if (asks && from.default !== node && !given(node.conditionExpression?.body)) {
        report();
      }
    }),
    "unknown-step": rule((node, report) => {
      if (isAny(node, ["bpmn:ServiceTask", "bpmn:BusinessRuleTask"])) {
        const name = /^\$\{(\w+)}$/.exec(node.get("camunda:delegateExpression") ?? "")?.[1] ?? "";
        if (!known.steps.has(name)) {
          report(name);
        }
      }
    }),
    "unknown-form": rule((node, report) => {
      if (is(node, "bpmn:UserTask") && !known.forms.has(node.get("camunda:formRef"))) {
        report(node.get("camunda:formRef") ?? "");
      }
    }),
    team: rule((node, report) => {
      if (is(node, "bpmn:UserTask") && !given(node.get("camunda:candidateGroups"))) {
        report();
      }
    }),
    guidance: rule((node, report) => {
      if (is(node, "bpmn:UserTask") && !(node.documentation ?? []).some((each) => given(each.text))) {
        report();
      }
    }),
    "unknown-process": rule((node, report) => {
      if (is(node, "bpmn:CallActivity") && !known.processes.has(node.calledElement)) {
        report(node.calledElement ?? "");
      }
    }),
    element: rule((node, report) => {
      const forbidden = ["bpmn:ScriptTask", "bpmn:SendTask", "bpmn:ReceiveTask", "bpmn:ManualTask", "bpmn:ComplexGateway", "bpmn:DataObjectReference", "bpmn:DataStoreReference", "bpmn:Transaction", "bpmn:AdHocSubProcess"];
      if (isAny(node, forbidden) || node.$type === "bpmn:Task") {
        report(node.$type);
      }
    }),
    timer: rule((node, report) => {
      const timer = is(node, "bpmn:Event") ? (node.eventDefinitions ?? []).find((each) => is(each, "bpmn:TimerEventDefinition")) : null;
      if (timer && !given(timer.timeDate?.body)) {
        report("");
      }
    }),
    "unknown-reference": rule((node, report) => {
      const event = is(node, "bpmn:Event")
        ? (node.eventDefinitions ?? []).find((each) => isAny(each, ["bpmn:MessageEventDefinition", "bpmn:ErrorEventDefinition"]))
        : null;
      if (event && !(event.messageRef ?? event.errorRef)) {
        report("");
      }
    }),
  };
}

const STOCK = {
  "end-event-required": endEventRequired,
  "no-disconnected": noDisconnected,
  "no-duplicate-sequence-flows": noDuplicateSequenceFlows,
  "no-overlapping-elements": noOverlappingElements,
  "superfluous-gateway": superfluousGateway,
};

/** @returns a function that gives the problems of a diagram's definitions, in the page's words */
export function linter(known) {
  const own = ownRules(known);
  const rules = {};
  const config = {};
  for (const [name, factory] of Object.entries(STOCK)) {
    rules[`rule:bpmnlint/${name}`] = factory;
    config[`bpmnlint/${name}`] = "warn";
  }
  for (const [name, factory] of Object.entries(own)) {
    rules[`rule:bpmnlint-plugin-studio/${name}`] = factory;
    config[`studio/${name}`] = "error";
  }
  const resolver = new StaticResolver(rules);
  return async (definitions) => {
    // Some rules remember what they saw, so each look begins anew.
    const results = await new Linter({ config: { rules: config }, resolver }).lint(definitions);
    return Object.entries(results).flatMap(([full, reports]) => {
      const name = full.replace(/^.*\//, "");
      return reports
        .filter((report) => report.category !== "rule-error")
        .map((report) => ({
          element: report.id,
          rule: name,
          severity: name in own ? "error" : "warning",
          words: name in own ? say(`model.${name}`, ...JSON.parse(report.message)) : say(`lint.${name}`),
        }));
    });
  };
}
