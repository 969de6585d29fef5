"""A pool, a client and a user through boto3, unmodified. Prints the user's name when all went well."""

import os

import boto3

# named here, since a boto3 before 1.28 does not read it from the environment
idp = boto3.client("cognito-idp", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
pool = idp.create_user_pool(PoolName="boto3")["UserPool"]["Id"]
client = idp.create_user_pool_client(
    UserPoolId=pool, ClientName="boto3", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
)["UserPoolClient"]["ClientId"]


def sign_in(password):
    return idp.initiate_auth(
        ClientId=client,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "boto3-user", "PASSWORD": password},
    )["AuthenticationResult"]


sub = idp.sign_up(ClientId=client, Username="boto3-user", Password="P@ssw0rd-1")["UserSub"]
idp.admin_confirm_sign_up(UserPoolId=pool, Username="boto3-user")
try:
    sign_in("P@ssw0rd-2")
    raise SystemExit("a wrong password was accepted")
except idp.exceptions.NotAuthorizedException as refused:
    assert refused.response["Error"]["Message"] == "Incorrect username or password.", refused
user = idp.get_user(AccessToken=sign_in("P@ssw0rd-1")["AccessToken"])
assert {"Name": "sub", "Value": sub} in user["UserAttributes"], user
print("signed in:", user["Username"])
