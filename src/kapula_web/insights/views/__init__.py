"""The pages' doors: who may, what is asked, which template."""
