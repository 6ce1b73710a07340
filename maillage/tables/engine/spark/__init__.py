"""Counting on a Spark cluster, over a partitioned data set. `pyspark` is imported here only, when it is asked for."""

from .cluster import SparkTrouble, Trouble, connect, executors, stop
from .facts import SparkFacts

__all__ = ["SparkFacts", "SparkTrouble", "Trouble", "connect", "executors", "stop"]
