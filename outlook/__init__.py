"""The room where supervisors ask what would happen if: changes of staffing and rules, before and after."""
