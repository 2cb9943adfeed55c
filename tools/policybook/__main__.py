"""`python -m policybook` is the command `policybook`."""

from policybook.cli import main

if __name__ == "__main__":
    main(prog_name="policybook")
