"""Results: plans, answers and offers as models, the JSON contract."""
