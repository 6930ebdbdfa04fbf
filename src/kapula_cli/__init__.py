"""kapula_cli"""
