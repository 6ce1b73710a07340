"""Forms of one's own account."""

from django import forms

from .models import User


class ProfileForm(forms.ModelForm[User]):
    """Name and language."""

    class Meta:
        model = User
        fields = ("full_name", "language")
        widgets = {"language": forms.RadioSelect, "full_name": forms.TextInput(attrs={"autocomplete": "name"})}
