"""usage: service_files.py github|gitlab|jenkins|autolab FILE: prints what the service that reads FILE would object to.

The keys are those of https://json.schemastore.org/github-workflow.json, https://docs.gitlab.com/ci/yaml/ and Autolab's
assessment files, as far as packs could use them."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Iterator

import yaml

WORKFLOW = {"name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"}
JOB = {"name", "runs-on", "steps", "needs", "if", "env", "permissions", "timeout-minutes", "container", "outputs", "strategy"}
STEP = {"id", "name", "if", "uses", "run", "with", "env", "shell", "working-directory", "continue-on-error", "timeout-minutes"}
GITLAB_JOB = {"image", "before_script", "script", "after_script", "artifacts", "stage", "rules", "timeout", "variables", "tags"}
CLOSES = {")": "(", "]": "[", "}": "{"}


def is_bash(script: str) -> bool:
    return subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False).returncode == 0


def step_objections(number: int, step: dict, known: set[str]) -> Iterator[str]:
    for key in step.keys() - STEP:
        yield f"step {number}: {key} is no key of a step"
    if ("uses" in step) == ("run" in step):
        yield f"step {number}: either uses or run"
    if "uses" in step and not re.fullmatch(r"[\w-]+/[\w./-]+@[\w.-]+", step["uses"]):
        yield f"step {number}: {step['uses']} names no action with a version"
    for one in re.findall(r"\bsteps\.([\w-]+)", yaml.safe_dump(step)):
        if one not in known:
            yield f"step {number}: steps.{one} is no step before it"
    if not is_bash(step.get("run", "")):
        yield f"step {number}: its script is no bash"


def github(text: str) -> Iterator[str]:
    workflow = yaml.safe_load(text)
    workflow["on"] = workflow.pop(True, workflow.get("on"))  # YAML 1.1 takes "on" for true; GitHub does not
    for key in workflow.keys() - WORKFLOW:
        yield f"{key} is no key of a workflow"
    if not workflow["on"]:
        yield "nothing starts it"
    for name, job in workflow["jobs"].items():
        for key in sorted(job.keys() - JOB):
            yield f"jobs.{name}: {key} is no key of a job"
        if not isinstance(job.get("runs-on"), str):
            yield f"jobs.{name}: no runs-on"
        known: set[str] = set()
        for number, step in enumerate(job["steps"]):
            yield from step_objections(number, step, known)
            known |= {step["id"]} if "id" in step else set()


def gitlab(text: str) -> Iterator[str]:
    for name, job in yaml.safe_load(text).items():
        for key in job.keys() - GITLAB_JOB:
            yield f"{name}: {key} is no key of a job"
        for key in ("before_script", "script"):
            commands = job.get(key)
            if not isinstance(commands, list) or not all(isinstance(one, str) for one in commands):
                yield f"{name}: {key} is no list of commands"
            elif not is_bash("\n".join(commands)):
                yield f"{name}: {key} is no bash"
        if not isinstance(job.get("image"), str):
            yield f"{name}: no image"
        if not isinstance(job["artifacts"].get("reports", {}).get("junit"), str):
            yield f"{name}: no report junit"
        if job["artifacts"].get("when") != "always":
            yield f"{name}: no report when it fails"


def without_texts(groovy: str) -> str:
    """Comments and texts are blanked; lines keep their numbers."""
    pattern = r"'''.*?'''|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|//[^\n]*"
    return re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match[0]), groovy, flags=re.DOTALL)


def jenkins(text: str) -> Iterator[str]:
    bare = without_texts(text)
    open_ones: list[tuple[str, int]] = []
    for number, line in enumerate(bare.splitlines(), 1):
        for sign in line:
            if sign in CLOSES.values():
                open_ones.append((sign, number))
            elif sign in CLOSES:
                if not open_ones or open_ones.pop()[0] != CLOSES[sign]:
                    yield f"line {number}: {sign} closes nothing"
                    return
            elif sign in "'\"":
                yield f"line {number}: a text does not end"
    for sign, number in open_ones:
        yield f"line {number}: {sign} is not closed"
    if not re.match(r"\s*pipeline\s*\{\s*agent\b", bare):
        yield "no pipeline with an agent"
    for word in ("stages", "stage", "steps", "post", "junit"):
        if not re.search(rf"\b{word}\b", bare):
            yield f"no {word}"
    for script in re.findall(r"\bsh\s+'''(.*?)'''", text, flags=re.DOTALL):
        if not is_bash(script):
            yield "its script is no shell's"


def autolab(text: str) -> Iterator[str]:
    assessment = yaml.safe_load(text)
    for section, keys in {"general": {"name", "display_name", "handin_filename", "category_name", "max_submissions"},
                          "autograder": {"autograde_timeout", "autograde_image", "release_score"}}.items():
        for key in sorted(keys - assessment.get(section, {}).keys()):
            yield f"{section}: no {key}"
    for problem in assessment.get("problems") or [{}]:
        if not isinstance(problem.get("name"), str) or not isinstance(problem.get("max_score"), float):
            yield "a problem has a name and a number of points"


def main(kind: str, file: str) -> int:
    text = Path(file).read_text(encoding="utf-8")
    try:
        found = list({"github": github, "gitlab": gitlab, "jenkins": jenkins, "autolab": autolab}[kind](text))
    except (yaml.YAMLError, KeyError, AttributeError, TypeError) as error:
        found = [f"it cannot be read: {error!r}"]
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
