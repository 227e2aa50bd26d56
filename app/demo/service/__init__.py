"""Load the made-up network, and keep its dates ahead of today."""

from app.demo.service.loading import load_demo, refresh_demo

__all__ = ["load_demo", "refresh_demo"]
