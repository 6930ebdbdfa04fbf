"""The example organisation in the product: Aurinkokivi Energia from kapula.example, through the same doors as anyone's data."""
