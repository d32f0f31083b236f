"""Plan, pool of workers, ledger: runs the lab in processes that may die."""
