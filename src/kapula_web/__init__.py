"""kapula_web"""
